package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.UnitList;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs units through two real sshds on loopback. */
class SshEngineTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeAll
    static void sshIsInstalled() {
        assumeTrue(Files.isExecutable(LocalSshd.PROGRAM), "there is no sshd; openssh-server is not installed");
    }

    private RunResults run(SupervisedProcesses processes, List<String> engines, String... tests) throws Exception {
        UnitList units = StandIn.units(tests);
        Path topdir = Files.createDirectory(directory.resolve("run"));
        try (Engine engine = new CommandEngine(engines, 1, processes);
                EngineRun run = new EngineRun(
                        new EngineRun.Task(topdir, units, StandIn.announced(units), Origin.UNKNOWN),
                        engine,
                        StandIn.script(topdir),
                        processes,
                        new TerminalDisplay(
                                new PrintStream(shown, true, StandardCharsets.UTF_8),
                                TerminalStyle.plain(),
                                Clock.systemUTC()),
                        StandIn.QUICK)) {
            return run.run();
        }
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void twoHostsShareTheUnits() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses();
                LocalSshd one = new LocalSshd(directory.resolve("one"), processes);
                LocalSshd two = new LocalSshd(directory.resolve("two"), processes)) {
            RunResults results =
                    run(processes, List.of(one.engine(), two.engine()), "PassOne", "PassTwo", "FailThree", "PassFour");

            assertThat(results.tests()).hasSize(4);
            assertThat(results.exitStatus()).isEqualTo(1);
            assertThat(shown())
                    .contains(" " + one.port() + " on ?", " " + two.port() + " on ?", "4 tests: 3 passed, 1 failed");
        }
    }

    @Test
    void theUnitsOfAHostThatGoesAwayRunOnTheOther() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses();
                LocalSshd one = new LocalSshd(directory.resolve("one"), processes);
                LocalSshd two = new LocalSshd(directory.resolve("two"), processes)) {
            Path pid = directory.resolve("run/engine/KillOne-bookworm-builtin/1/run/pid");
            CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
                await().atMost(PATIENCE).until(() -> shown().contains("KillOne [bookworm]  runs at"));
                one.kill();
            });
            RunResults results = run(processes, List.of(one.engine(), two.engine()), "KillOne", "PassTwo", "PassThree");
            killed.join();

            assertThat(results.exitStatus()).as(shown()).isZero();
            assertThat(shown())
                    .containsPattern(
                            "KillOne \\[bookworm]  the host failed: its unit ended without a result, exit status"
                                    + " 255.*; submitted again")
                    .contains("3 tests: 3 passed");
            assertThat(pid).exists();
            // The unit went on where its host was out of reach, until it saw that it is not wanted any more.
            long first = Long.parseLong(Files.readString(pid));
            await().atMost(PATIENCE)
                    .until(() -> ProcessHandle.of(first)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    @Test
    void afterAKillNothingStaysOnEitherHost() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses();
                LocalSshd one = new LocalSshd(directory.resolve("one"), processes)) {
            Path topdir = Files.createDirectory(directory.resolve("run"));
            KilledRun run = new KilledRun(topdir, Map.of(), one.engine(), "SlowOne", "SlowTwo");
            List<ProcessHandle> units = run.units();

            run.end(true);

            KilledRun.assertGone(units);
        }
    }
}
