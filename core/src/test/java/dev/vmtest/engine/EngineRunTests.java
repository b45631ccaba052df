package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs units that need no machine by commands of this host. */
class EngineRunTests {

    @TempDir
    private Path topdir;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private RunResults run(List<String> templates, String... tests) throws Exception {
        UnitList units = StandIn.units(tests);
        try (SupervisedProcesses processes = new SupervisedProcesses();
                Engine engine = new CommandEngine(templates, 2, processes);
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

    private static Verdict verdict(RunResults results, String test) {
        return results.tests().stream()
                .filter(result -> result.name().equals(test))
                .map(TestResult::verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void unitsOfCommandsBecomeOneRun() throws Exception {
        RunResults results = run(List.of("{command}"), "PassOne", "FailTwo", "PassThree");

        assertThat(results.exitStatus()).isEqualTo(1);
        assertThat(results.tests()).extracting(TestResult::name).containsExactly("PassOne", "FailTwo", "PassThree");
        assertThat(results.accelerator().name()).isEqualTo("tcg");
        assertThat(ResultFiles.readResults(topdir.resolve("results.json"))).isEqualTo(results);
        assertThat(topdir.resolve("index.html")).exists();
        assertThat(topdir.resolve("junit.xml")).exists();
        assertThat(topdir.resolve("PassOne-bookworm/logs/run.jsonl")).exists();
        assertThat(shown())
                .contains("accelerator of each host ({command}); 3 tests; results go to " + topdir)
                .contains("PassOne [bookworm]  install started")
                .contains("PassOne [bookworm]  runs at ? on ?, given it's")
                .contains("PassOne [bookworm]  install took 1.0 s")
                .contains("FailTwo [bookworm]  failed")
                .contains("3 tests: 2 passed, 1 failed");
        // What was merged adds up, and nothing of the engine is left of a unit that passed.
        assertThat(Merge.of(List.of(topdir), null).problems()).isEmpty();
        assertThat(topdir.resolve("engine/PassOne-bookworm-builtin/1")).doesNotExist();
        assertThat(topdir.resolve("engine/FailTwo-bookworm-builtin/1/run.sh")).doesNotExist();
        assertThat(topdir.resolve("engine/lease")).doesNotExist();
    }

    @Test
    void aLostUnitIsSubmittedOnceMoreAndThatIsSaid() throws Exception {
        RunResults results = run(List.of("{command}"), "OnceOne", "GoneTwo");

        assertThat(verdict(results, "OnceOne")).isEqualTo(Verdict.PASSED);
        assertThat(verdict(results, "GoneTwo")).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(results.exitStatus()).isEqualTo(3);
        assertThat(shown())
                .contains(
                        "OnceOne [bookworm]  the host failed: its unit ended without a result, exit status 255, and the"
                                + " last word was: the disk of this host is broken; submitted again")
                .contains("GoneTwo [bookworm]  infrastructure");
        assertThat(shown().lines().filter(line -> line.contains("submitted again")))
                .hasSize(2);
        assertThat(results.tests().get(1).evidence().summary()).endsWith("is broken (attempt 2)");
    }

    @Test
    void aCommandThatLosesEverythingGetsNoMore() throws Exception {
        RunResults results = run(
                List.of("exit 255 # {command}", "{command}"),
                "PassOne",
                "PassTwo",
                "PassThree",
                "PassFour",
                "PassFive");

        assertThat(results.exitStatus()).isZero();
        assertThat(shown())
                .contains("'exit 255 # {command}' lost 2 units one after another, and gets no more while another engine"
                        + " does better");
    }

    @Test
    void aForeignHostIsNamed() throws Exception {
        RunResults results = run(List.of("{command}"), "PassOne", "PassTwo", "ForeignThree");

        assertThat(verdict(results, "ForeignThree")).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(shown())
                .contains("ForeignThree/bookworm/builtin is foreign: on its host it had another QEMU: 1.0, not 7.2.22;"
                        + " another CPU model: emulated, not emulated qemu64");
    }

    @Test
    void aProgramThatThereIsNotIsTheHostsFault() throws Exception {
        RunResults results = run(List.of("/nowhere/ssh {command}"), "PassOne");

        assertThat(verdict(results, "PassOne")).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(results.tests().get(0).evidence().summary())
                .contains("exit status 127")
                .contains("/nowhere/ssh");
        assertThat(Files.exists(topdir.resolve("engine/lease"))).isFalse();
    }
}
