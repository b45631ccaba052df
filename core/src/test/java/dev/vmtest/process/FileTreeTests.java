package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileTreeTests {

    @TempDir
    Path top;

    @Test
    void deletesEverythingButWhatLinksLeadTo() throws Exception {
        Path outside = Files.writeString(top.resolve("outside"), "stays");
        Path tree = filled(3);
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("directory"), Files.createDirectory(top.resolve("other")));
        Files.createSymbolicLink(tree.resolve("dangling"), top.resolve("nothing"));

        FileTree.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(outside).exists();
        assertThat(top.resolve("other")).exists();
    }

    @Test
    void findsNothingToDoWhereNothingIs() throws Exception {
        FileTree.delete(top.resolve("nothing"));
        FileTree.delete(top.resolve("nothing/at/all"));
        assertThat(FileTree.children(top.resolve("nothing"))).isEmpty();
    }

    /** As the guard of a killed build does, while the next build cleans up. */
    @Test
    void twoMayDeleteTheSame() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path tree = filled(400);
            CountDownLatch start = new CountDownLatch(2);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> delete(start, tree));
            delete(start, tree);
            other.get(60, TimeUnit.SECONDS);
            assertThat(tree).doesNotExist();
        }
    }

    /** As the commands of a killed build do, until they are ended. */
    @Test
    void deletesWhatAppearsMeanwhile() throws Exception {
        Path tree = filled(10);
        CountDownLatch start = new CountDownLatch(2);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(start, tree, 500));
        delete(start, tree);
        writer.get(60, TimeUnit.SECONDS);
        assertThat(tree).doesNotExist();
    }

    private static void delete(CountDownLatch start, Path tree) {
        meet(start);
        try {
            FileTree.delete(tree);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(CountDownLatch start, Path tree, int files) {
        meet(start);
        try {
            for (int i = 0; i < files; i++) {
                Files.writeString(tree.resolve("late-" + i), "late");
            }
        } catch (NoSuchFileException deleted) {
            assertThat(tree).doesNotExist();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void meet(CountDownLatch start) {
        start.countDown();
        try {
            assertThat(start.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Path filled(int files) throws IOException {
        Path tree = Files.createDirectories(top.resolve("tree"));
        for (int i = 0; i < files; i++) {
            Files.writeString(
                    Files.createDirectories(tree.resolve("below-" + i % 20)).resolve("file-" + i), "content");
        }
        return tree;
    }
}
