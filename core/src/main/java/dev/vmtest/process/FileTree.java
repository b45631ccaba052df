package dev.vmtest.process;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * List and delete directories that others may be changing at the same moment: the guard of a process that was killed,
 * another command that cleans up.
 */
public final class FileTree {

    /** How long somebody may go on to write there; the guards of a killed process end its commands within 5 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private FileTree() {}

    /** Return the entries of a directory by name; a directory that is not there has none. */
    public static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException vanished) {
            return List.of();
        }
    }

    /**
     * Delete a file or a directory with everything in it. Links are not followed. What is not there, or vanishes
     * meanwhile, is no error; what appears meanwhile is deleted too.
     *
     * @throws IOException if something stays, such as a file in a directory of another user
     */
    public static void delete(Path path) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try {
                Files.walkFileTree(path, new Deletion());
                return;
            } catch (DirectoryNotEmptyException refilled) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw refilled;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Delete what a walk comes by, the contents of a directory before the directory. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean unused = Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failed;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
            if (failed != null && !(failed instanceof NoSuchFileException)) {
                throw failed;
            }
            boolean unused = Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
