package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.image.ImageException;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends the real command from outside while a real machine runs: nothing may outlive it. */
@Tag("vm")
class EndingTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The guards give what they end five seconds, and directories ten. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private Path topdir = Path.of("unset");
    private @Nullable Process started;

    @BeforeEach
    void requireHost() throws IOException {
        Map<String, String> environment = System.getenv();
        assumeTrue(hasImage(environment), "no image of bookworm: vmtest images build --release bookworm");
        Files.createDirectory(directory.resolve("tmp"));
        topdir = directory.resolve("run");
    }

    @AfterEach
    void endWhatATestLeft() throws InterruptedException {
        Process process = started;
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean hasImage(Map<String, String> environment) {
        try {
            return new ImageTree(environment)
                    .store().images().stream().anyMatch(image -> image.release().equals("bookworm"));
        } catch (ImageException unreadable) {
            return false;
        }
    }

    private Process vmtest() {
        return Objects.requireNonNull(started);
    }

    @Test
    void ctrlCDuringTheInstallEndsAllAndReports() throws Exception {
        startAndAwaitGuest();
        signal("INT");
        assertThat(vmtest().waitFor()).isEqualTo(130);
        nothingIsLeft();
        assertThat(said()).contains("interrupted").doesNotContain("Exception").doesNotContain("\tat ");
        reportedAsInterruptedIn("install");
    }

    @Test
    void termDuringTheInstallEndsAllAndReports() throws Exception {
        startAndAwaitGuest();
        signal("TERM");
        assertThat(vmtest().waitFor()).isEqualTo(143);
        nothingIsLeft();
        assertThat(said()).contains("interrupted").doesNotContain("Exception").doesNotContain("\tat ");
        reportedAsInterruptedIn("install");
    }

    @Test
    void aKillDuringTheInstallEndsAllAndTheReportCanBeMade() throws Exception {
        startAndAwaitGuest();
        signal("KILL");
        assertThat(vmtest().waitFor()).isEqualTo(137);
        nothingIsLeft();
        assertThat(topdir.resolve("index.html")).doesNotExist();
        TestHost.Result result =
                new TestHost(Files.createDirectory(directory.resolve("host"))).run("report", topdir.toString());
        assertThat(result.status()).isZero();
        reportedAsInterruptedIn("install");
    }

    @Test
    void aKillBeforeTheGuestRunsEndsAll() throws Exception {
        start();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(topdir.resolve("run.json")));
        signal("KILL");
        assertThat(vmtest().waitFor()).isEqualTo(137);
        nothingIsLeft();
    }

    private void startAndAwaitGuest() throws IOException {
        start();
        Path logs = topdir.resolve("interrupted-bookworm/logs");
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(vmtest().isAlive()).as(said()).isTrue())
                .until(() -> contains(logs.resolve("run.jsonl"), "\"install\"")
                        && size(logs.resolve("install-serial.log")) > 0);
        assertThat(processes()).as("a machine runs").anyMatch(line -> line.contains("qemu-system"));
        assertThat(directory.resolve("tmp")).isNotEmptyDirectory();
    }

    private void start() throws IOException {
        Path config = Files.writeString(directory.resolve("interrupted.yaml"), "{}\n");
        // A shell that runs this in the background ignores INT, and so would the JVM.
        ProcessBuilder builder = new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                config.toString(),
                "--topdir",
                topdir.toString());
        Map<String, String> environment = new HashMap<>(builder.environment());
        environment.put("TMPDIR", directory.resolve("tmp").toString());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        started = builder.start();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-s", name, Long.toString(vmtest().pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    private void nothingIsLeft() {
        await().atMost(GRACE).untilAsserted(() -> {
            assertThat(processes()).isEmpty();
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        });
    }

    private void reportedAsInterruptedIn(String phase) throws IOException {
        assertThat(topdir.resolve("index.html")).isNotEmptyFile();
        assertThat(topdir.resolve("junit.xml")).isNotEmptyFile();
        RunResults results = ResultFiles.readResults(topdir.resolve("results.json"));
        assertThat(results.accelerator().name()).isIn("kvm", "tcg");
        assertThat(results.tests()).hasSize(1);
        TestResult test = results.tests().get(0);
        assertThat(test.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(test.evidence().summary()).startsWith("the run was interrupted in phase " + phase);
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said"));
    }

    /** Return the command lines, other than ours, that name the run's directories. */
    private List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit)) {
                    String line = commandLine(entry);
                    if (line.contains(directory.toString())) {
                        found.add(line);
                    }
                }
            }
        }
        return found;
    }

    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    private static boolean contains(Path file, String text) throws IOException {
        return Files.exists(file) && Files.readString(file).contains(text);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
