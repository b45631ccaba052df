package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.UnitList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs units through a real Slurm of two nodes on loopback. */
class SlurmClusterTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path cluster;

    private static LocalSlurm slurm;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeAll
    static void begin() throws Exception {
        LocalSlurm.PROGRAMS.forEach(program -> assumeTrue(
                Files.isExecutable(Path.of(program)),
                "there is no " + program + "; slurm-wlm and munge are not installed"));
        assumeTrue(
                ProcessHandle.current().info().user().orElse("").equals("root"),
                "Slurm's daemons run jobs only for root");
        slurm = new LocalSlurm(cluster.resolve("slurm"));
    }

    @AfterAll
    static void end() {
        if (slurm != null) {
            slurm.close();
        }
    }

    private RunResults run(String... tests) throws Exception {
        UnitList units = StandIn.units(tests);
        Path topdir = Files.createDirectory(directory.resolve("run"));
        try (Engine engine = new SlurmEngine(topdir, 0, slurm.clients());
                EngineRun run = new EngineRun(
                        new EngineRun.Task(topdir, units, StandIn.announced(units), Origin.UNKNOWN),
                        engine,
                        StandIn.script(topdir),
                        slurm.clients(),
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
    void bothNodesTakeUnitsAndOneThatIsKilledLosesNone() throws Exception {
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE).until(() -> shown().contains(" on n2, given"));
            try {
                slurm.killSecondNode();
            } catch (IOException trouble) {
                throw new UncheckedIOException(trouble);
            }
        });
        RunResults results = run("KillOne", "KillTwo", "KillThree", "KillFour", "FailFive");
        killed.join();

        assertThat(results.tests()).hasSize(5);
        assertThat(results.exitStatus()).as(shown()).isEqualTo(1);
        assertThat(shown())
                .contains(" on n1, given", "5 tests: 4 passed, 1 failed")
                .containsPattern("\\[bookworm]  the host failed: its unit ended without a result, job [0-9]+_[0-9] is"
                        + " NODE_FAIL on node n2.*; submitted again");
        assertThat(slurm.jobs()).isEmpty();
    }

    @Test
    void afterAKillNoJobStays() throws Exception {
        Path topdir = Files.createDirectory(directory.resolve("run"));
        KilledRun run = new KilledRun(topdir, slurm.environment(), "slurm", "SlowOne");
        List<ProcessHandle> units = run.units();
        assertThat(slurm.jobs()).isNotEmpty();

        run.end(true);

        KilledRun.assertGone(units);
        await().atMost(PATIENCE).until(() -> slurm.jobs().isEmpty());
    }
}
