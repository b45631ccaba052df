package dev.vmtest.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Make the smallest initramfs that proves a kernel reached its init: {@code /init} is a static 64-bit
 * program that writes {@link #MARKER} to the console and powers the machine off.
 *
 * <p>The program is made here, byte for byte, so that a probe needs neither a compiler nor a binary of
 * unknown origin. It is this, in the assembler's words (Linux x86-64 system call table; reboot(2)):
 *
 * <pre>
 *   mov eax, 1            ; write
 *   mov edi, 1            ; to standard output, which the kernel connected to /dev/console
 *   lea rsi, [rip+text]
 *   mov edx, length
 *   syscall
 *   mov eax, 169          ; reboot
 *   mov edi, 0xfee1dead   ; LINUX_REBOOT_MAGIC1
 *   mov esi, 0x28121969   ; LINUX_REBOOT_MAGIC2
 *   mov edx, 0x4321fedc   ; LINUX_REBOOT_CMD_POWER_OFF
 *   syscall
 *   jmp $                 ; init must not return
 * text:
 * </pre>
 */
final class TinyInit {

    /** What the program writes. */
    static final String MARKER = "vmtest: a 64-bit kernel reached its init";

    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final long LOAD_ADDRESS = 0x400000;
    private static final int CODE_LENGTH = 48;
    private static final int PAGE = 4096;

    private TinyInit() {}

    /**
     * Write the initramfs, in the newc cpio format that Linux reads.
     *
     * @throws IOException when the file can't be written
     */
    static void write(Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                CpioArchiveOutputStream archive = new CpioArchiveOutputStream(file, CpioConstants.FORMAT_NEW)) {
            put(archive, "dev", CpioConstants.C_ISDIR | 0755, new byte[0], 0, 0);
            put(archive, "dev/console", CpioConstants.C_ISCHR | 0600, new byte[0], 5, 1);
            put(archive, "init", CpioConstants.C_ISREG | 0755, program(), 0, 0);
        }
    }

    private static void put(
            CpioArchiveOutputStream archive, String name, int mode, byte[] content, int major, int minor)
            throws IOException {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.length);
        entry.setMode(mode);
        entry.setNumberOfLinks(1);
        entry.setRemoteDeviceMaj(major);
        entry.setRemoteDeviceMin(minor);
        archive.putArchiveEntry(entry);
        archive.write(content);
        archive.closeArchiveEntry();
    }

    /** Return the program: an ELF header, one segment, the code and its text (System V ABI, ELF-64). */
    static byte[] program() {
        byte[] text = (MARKER + "\n").getBytes(StandardCharsets.US_ASCII);
        int headers = ELF_HEADER + PROGRAM_HEADER;
        int length = headers + CODE_LENGTH + text.length;
        ByteBuffer elf = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        // e_ident: magic, 64 bits, little endian, version 1
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        elf.putShort((short) 2).putShort((short) 62).putInt(1); // executable, x86-64, version 1
        elf.putLong(LOAD_ADDRESS + headers).putLong(ELF_HEADER).putLong(0); // entry, segments, no sections
        elf.putInt(0)
                .putShort((short) ELF_HEADER)
                .putShort((short) PROGRAM_HEADER)
                .putShort((short) 1);
        elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        elf.putInt(1).putInt(5).putLong(0); // load, readable and executable, from offset 0
        elf.putLong(LOAD_ADDRESS)
                .putLong(LOAD_ADDRESS)
                .putLong(length)
                .putLong(length)
                .putLong(PAGE);
        putCode(elf, text.length);
        return elf.put(text).array();
    }

    private static void putCode(ByteBuffer code, int textLength) {
        int start = code.position();
        code.put((byte) 0xb8).putInt(1);
        code.put((byte) 0xbf).putInt(1);
        code.put(new byte[] {0x48, (byte) 0x8d, 0x35});
        // The distance counts from the end of this instruction to the end of the code.
        code.putInt(start + CODE_LENGTH - (code.position() + Integer.BYTES));
        code.put((byte) 0xba).putInt(textLength);
        code.put(new byte[] {0x0f, 0x05});
        code.put((byte) 0xb8).putInt(169);
        code.put((byte) 0xbf).putInt(0xfee1dead);
        code.put((byte) 0xbe).putInt(0x28121969);
        code.put((byte) 0xba).putInt(0x4321fedc);
        code.put(new byte[] {0x0f, 0x05});
        code.put(new byte[] {(byte) 0xeb, (byte) 0xfe});
    }
}
