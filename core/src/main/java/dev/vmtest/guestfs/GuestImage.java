package dev.vmtest.guestfs;

import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hold an image file and how its bytes are to be read.
 *
 * <p>The format is never guessed from what a guest may have written: a raw disk whose first bytes are made to look like
 * qcow2 could name any file of the host as its backing file (CVE-2010-3851).
 *
 * @param file the image
 * @param format how it is read
 * @param content what lies in it
 */
public record GuestImage(Path file, Format format, Content content) {

    private static final int HEADER = 2048;
    private static final byte[] QCOW2_MAGIC = {'Q', 'F', 'I', (byte) 0xfb};
    private static final int EXT_MAGIC_OFFSET = 1024 + 56;
    private static final int EXT_MAGIC = 0xef53;

    /** Name a format of image files. */
    public enum Format {
        RAW,
        QCOW2;

        /** Return the name that QEMU and libguestfs know. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Return {@link #text()}, for the help of commands. */
        @Override
        public String toString() {
            return text();
        }
    }

    /** Say what an image holds, as far as its first bytes tell. */
    public enum Content {
        /** A read-only file system without a partition table. */
        SQUASHFS,
        /** A file system without a partition table. */
        FILE_SYSTEM,
        /** A disk, or something that only libguestfs finds out. */
        DISK
    }

    /**
     * Look at an image.
     *
     * @param format how it is read, or null for what its name and its first bytes agree on
     * @throws MistakeException if it cannot be read, or name and bytes disagree
     */
    public static GuestImage of(Path file, @Nullable Format format) {
        byte[] header = header(file);
        boolean looksLikeQcow2 = startsWith(header, QCOW2_MAGIC);
        boolean isNamedQcow2 = file.toString().endsWith(".qcow2");
        if (format == null && looksLikeQcow2 != isNamedQcow2) {
            throw new MistakeException(
                    file + (looksLikeQcow2 ? " begins like a qcow2 image but is not called so" : " is no qcow2 image")
                            + "; say --format raw or --format qcow2. A raw disk that a guest has written may pose as"
                            + " qcow2 to have a file of this host read: say qcow2 only if you made it so");
        }
        Format used = format != null ? format : isNamedQcow2 ? Format.QCOW2 : Format.RAW;
        return new GuestImage(file, used, used == Format.RAW ? content(header) : Content.DISK);
    }

    private static byte[] header(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(HEADER);
        } catch (IOException unreadable) {
            throw new MistakeException(
                    "the image " + file + " cannot be read: " + PlainTrouble.of(unreadable, file)
                            + (Files.isDirectory(file)
                                    ? "; name an image in it, such as disks/main_disk.img of a kept test"
                                    : "; name a file that you may read"),
                    unreadable);
        }
    }

    private static Content content(byte[] header) {
        if (startsWith(header, "hsqs".getBytes(StandardCharsets.US_ASCII))) {
            return Content.SQUASHFS;
        }
        if (startsWith(header, "XFSB".getBytes(StandardCharsets.US_ASCII))) {
            return Content.FILE_SYSTEM;
        }
        boolean isExt = header.length >= EXT_MAGIC_OFFSET + 2
                && (ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getShort(EXT_MAGIC_OFFSET) & 0xffff)
                        == EXT_MAGIC;
        return isExt ? Content.FILE_SYSTEM : Content.DISK;
    }

    private static boolean startsWith(byte[] header, byte[] magic) {
        return header.length >= magic.length && Arrays.equals(header, 0, magic.length, magic, 0, magic.length);
    }
}
