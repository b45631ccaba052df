package dev.vmtest.machine.qemu;

import dev.vmtest.files.NewFile;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
 *
 * <p>and on arm64 (Linux generic system call table; Arm Architecture Reference Manual, A64 base instructions):
 *
 * <pre>
 *   movz x8, 64           ; write
 *   movz x0, 1
 *   adr  x1, text
 *   movz x2, length
 *   svc  0
 *   movz x8, 142          ; reboot
 *   movz w0, 0xdead
 *   movk w0, 0xfee1, lsl 16
 *   movz w1, 0x1969
 *   movk w1, 0x2812, lsl 16
 *   movz w2, 0xfedc
 *   movk w2, 0x4321, lsl 16
 *   svc  0
 *   b    .
 * text:
 * </pre>
 */
final class TinyInit {

    /** What the program writes. */
    static final String MARKER = "vmtest: a 64-bit kernel reached its init";

    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final long LOAD_ADDRESS = 0x400000;
    private static final int AMD64_CODE = 48;
    private static final int ARM64_CODE = 56;
    private static final int PAGE = 4096;
    private static final int MOVZ_X = 0xd2800000;
    private static final int MOVZ_W = 0x52800000;
    private static final int MOVK_W_UPPER = 0x72a00000;
    private static final int SVC = 0xd4000001;

    private TinyInit() {}

    /** Say whether there is such a program for an architecture. */
    static boolean isFor(Architecture architecture) {
        return switch (architecture) {
            case AMD64, ARM64 -> true;
            case I386, PPC64EL, S390X -> false;
        };
    }

    /**
     * Write the initramfs, in the newc cpio format that Linux reads.
     *
     * @param architecture one that {@link #isFor} accepts
     * @throws IOException when the file can't be written
     */
    static void write(Path target, Architecture architecture) throws IOException {
        try (OutputStream file = NewFile.stream(target);
                CpioArchiveOutputStream archive = new CpioArchiveOutputStream(file, CpioConstants.FORMAT_NEW)) {
            put(archive, "dev", CpioConstants.C_ISDIR | 0755, new byte[0], 0, 0);
            put(archive, "dev/console", CpioConstants.C_ISCHR | 0600, new byte[0], 5, 1);
            put(archive, "init", CpioConstants.C_ISREG | 0755, program(architecture), 0, 0);
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
    static byte[] program(Architecture architecture) {
        boolean isArm = architecture == Architecture.ARM64;
        int codeLength = isArm ? ARM64_CODE : AMD64_CODE;
        byte[] text = (MARKER + "\n").getBytes(StandardCharsets.US_ASCII);
        int headers = ELF_HEADER + PROGRAM_HEADER;
        int length = headers + codeLength + text.length;
        ByteBuffer elf = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        // e_ident: magic, 64 bits, little endian, version 1
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        // Executable, EM_AARCH64 or EM_X86_64, version 1.
        elf.putShort((short) 2).putShort((short) (isArm ? 183 : 62)).putInt(1);
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
        if (isArm) {
            putArm64Code(elf, text.length);
        } else {
            putAmd64Code(elf, text.length);
        }
        return elf.put(text).array();
    }

    private static void putArm64Code(ByteBuffer code, int textLength) {
        int start = code.position();
        code.putInt(move(MOVZ_X, 8, 64)).putInt(move(MOVZ_X, 0, 1));
        // The distance counts from this instruction; it is a multiple of four, so only its upper part is set.
        int distance = start + ARM64_CODE - code.position();
        code.putInt(0x10000000 | (distance >> 2) << 5 | 1);
        code.putInt(move(MOVZ_X, 2, textLength)).putInt(SVC);
        code.putInt(move(MOVZ_X, 8, 142));
        code.putInt(move(MOVZ_W, 0, 0xdead)).putInt(move(MOVK_W_UPPER, 0, 0xfee1));
        code.putInt(move(MOVZ_W, 1, 0x1969)).putInt(move(MOVK_W_UPPER, 1, 0x2812));
        code.putInt(move(MOVZ_W, 2, 0xfedc)).putInt(move(MOVK_W_UPPER, 2, 0x4321));
        code.putInt(SVC).putInt(0x14000000);
    }

    private static int move(int instruction, int register, int value) {
        return instruction | value << 5 | register;
    }

    private static void putAmd64Code(ByteBuffer code, int textLength) {
        int start = code.position();
        code.put((byte) 0xb8).putInt(1);
        code.put((byte) 0xbf).putInt(1);
        code.put(new byte[] {0x48, (byte) 0x8d, 0x35});
        // The distance counts from the end of this instruction to the end of the code.
        code.putInt(start + AMD64_CODE - (code.position() + Integer.BYTES));
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
