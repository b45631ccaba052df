package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ImageTreeLockTests {

    private static final Duration FOR_EVER = Duration.ofSeconds(-1);

    @TempDir
    private Path root;

    /** Hold a lock in a process of its own until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        ImageDirectory directory = new ImageDirectory(Path.of(arguments[1]));
        try (ImageTreeLock lock = arguments[0].equals("shared")
                ? ImageTreeLock.shared(directory, FOR_EVER, () -> {})
                : ImageTreeLock.exclusive(directory, FOR_EVER, () -> {})) {
            System.out.println("held " + lock.getClass().getSimpleName());
            while (System.in.read() >= 0) {
                // Until the test closes it.
            }
        }
    }

    private Process holder(String kind) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ImageTreeLockTests.class.getName(),
                        kind,
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("held ImageTreeLock");
        return process;
    }

    private ImageTreeLock shared(Duration limit) throws ImageException {
        return ImageTreeLock.shared(new ImageDirectory(root), limit, () -> {});
    }

    private ImageTreeLock exclusive(Duration limit) throws ImageException {
        return ImageTreeLock.exclusive(new ImageDirectory(root), limit, () -> {});
    }

    @Test
    void runsShareTheTreeAcrossProcesses() throws Exception {
        Process other = holder("shared");
        try (ImageTreeLock first = shared(Duration.ZERO);
                ImageTreeLock second = shared(Duration.ZERO)) {
            assertThat(first).isNotSameAs(second);
        }
        assertThatThrownBy(() -> exclusive(Duration.ofMillis(300)))
                .hasMessageContaining("in use by a run")
                .hasMessageContaining("CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT");
        try (ImageTreeLock afterwards = shared(Duration.ZERO)) {
            assertThat(afterwards).isNotNull();
        }
        other.getOutputStream().close();
        try (ImageTreeLock alone = exclusive(FOR_EVER)) {
            assertThat(alone).isNotNull();
        }
    }

    @Test
    void aRunWaitsForASyncAndForOneThatDies() throws Exception {
        Process other = holder("exclusive");
        assertThatThrownBy(() -> shared(Duration.ofMillis(300)))
                .hasMessageContaining("being changed by another vmtest");
        CountDownLatch told = new CountDownLatch(1);
        CompletableFuture<ImageTreeLock> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return ImageTreeLock.shared(new ImageDirectory(root), FOR_EVER, told::countDown);
            } catch (ImageException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting).isNotDone();
        other.destroyForcibly();
        waiting.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void whoWantsTheTreeAloneIsNotOvertaken() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        ImageTreeLock run = shared(Duration.ZERO);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (ImageTreeLock alone = ImageTreeLock.exclusive(new ImageDirectory(root), FOR_EVER, told::countDown)) {
                assertThat(alone).isNotNull();
            } catch (ImageException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        // A run in a process of its own would now overtake the waiting sync, if the sync had not said that it waits.
        ProcessBuilder later = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ImageTreeLockTests.class.getName(),
                "shared",
                root.toString());
        Process second = later.start();
        assertThat(second.waitFor(2, TimeUnit.SECONDS)).isFalse();
        assertThat(second.getInputStream().available()).isZero();
        run.close();
        writer.get(30, TimeUnit.SECONDS);
        BufferedReader said =
                new BufferedReader(new InputStreamReader(second.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("held ImageTreeLock");
        second.getOutputStream().close();
        assertThat(second.waitFor()).isZero();
    }
}
