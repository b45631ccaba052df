package dev.vmtest.report;

import dev.vmtest.files.NewFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Hold room for the report of a run from its beginning on, in a file that is removed when the report is written: the
 * disks of guests may fill the file system meanwhile.
 */
final class ReportReserve {

    private static final long SMALLEST = 4L << 20;
    private static final long LARGEST = 64L << 20;

    /** Three documents with all checks of a test, and the ends of its consoles. */
    private static final long FOR_A_TEST = 512L << 10;

    /** More than a file system compresses at a time. */
    private static final int PIECE = 1 << 20;

    /** The smallest part that a file system keeps once where it is written twice. */
    private static final int BLOCK = 4 << 10;

    private ReportReserve() {}

    /**
     * Hold room for so many tests; what is held already stays.
     *
     * @throws IOException if there is no room
     */
    static void hold(Path topdir, int tests) throws IOException {
        long size = Math.min(LARGEST, SMALLEST + tests * FOR_A_TEST);
        // A file system may leave out zeros, compress the rest and keep what is alike once; it cannot do so with these.
        byte[] noise = new byte[PIECE];
        new Random(size).nextBytes(noise);
        ByteBuffer piece = ByteBuffer.wrap(noise);
        try (FileChannel file = NewFile.open(ReportFiles.reserve(topdir))) {
            for (long held = file.size(); held < size; held = file.position()) {
                for (int block = 0; block < PIECE; block += BLOCK) {
                    piece.putLong(block, held + block);
                }
                file.position(held);
                write(file, piece.clear().limit((int) Math.min(PIECE, size - held)));
            }
            file.force(false);
        }
    }

    /**
     * Give the room to the report.
     *
     * @throws IOException if it cannot be given
     */
    static void release(Path topdir) throws IOException {
        Files.deleteIfExists(ReportFiles.reserve(topdir));
    }

    private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
