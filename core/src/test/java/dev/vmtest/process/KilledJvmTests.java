package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kill a JVM that runs commands, and look for anything that it left behind. */
final class KilledJvmTests {

    @TempDir
    Path directory;

    /** A length of sleep that nobody else asks for: it marks the processes of one test. */
    private final String mark = "1000." + ProcessHandle.current().pid() + System.nanoTime();

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT", "HUP"})
    void leavesNothingBehind(String signal) throws Exception {
        Process jvm = startJvm("stay");
        awaitReady();
        await().until(() -> marked().size() >= 5);
        assertThat(temporaryDirectories()).hasSize(1);

        kill(signal, jvm.pid());

        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> marked().isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> temporaryDirectories().isEmpty());
    }

    @Test
    void leavesNothingBehindWhenTheWholeProcessGroupIsKilled() throws Exception {
        Process jvm = startJvm("stubborn", "setsid");
        awaitReady();
        await().until(() -> marked().size() >= 5);

        kill("KILL", -jvm.pid());

        // The interactive command dies with the group; the others have only their guards.
        await().atMost(Duration.ofSeconds(30)).until(() -> marked().isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> temporaryDirectories().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 40})
    void leavesNothingBehindWhenKilledWhileStarting(int milliseconds) throws Exception {
        Process jvm = startJvm("storm");
        awaitReady();
        assertThat(jvm.waitFor(milliseconds, TimeUnit.MILLISECONDS)).isFalse();

        kill("KILL", jvm.pid());

        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> marked().isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> temporaryDirectories().isEmpty());
    }

    private Process startJvm(String mode, String... launcher) throws IOException {
        Stream<String> java = Stream.of(
                // Who started these tests may have them ignore signals (nohup(1)), and the JVM would leave that so.
                "env",
                "--default-signal=HUP,INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledMain.class.getName(),
                directory.toString(),
                mark,
                mode);
        return new ProcessBuilder(Stream.concat(Stream.of(launcher), java).toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("jvm.log").toFile())
                .start();
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(directory.resolve("ready")));
    }

    private static void kill(String signal, long pid) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + pid).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Return the processes that have this test's mark in their command line: sleeps, shells and guards alike. */
    private List<Long> marked() {
        long jvm = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != jvm && commandLine(pid).contains(mark))
                .filter(pid -> !commandLine(pid).contains(KilledMain.class.getName()))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private List<Path> temporaryDirectories() {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> path.getFileName().toString().startsWith("temporary-"))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
