package dev.vmtest.report;

import dev.vmtest.files.NewFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replace a file at once, so that a reader sees the old content or the new and never a half. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Write a file's new content beside it, then put it in its place.
     *
     * @throws IOException if it could not be written; the file is then as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " is not the name of a file");
        }
        Files.createDirectories(directory);
        Path unfinished = directory.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
        try {
            try (FileChannel channel = NewFile.replace(unfinished, NewFile.Readers.BY_UMASK)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
