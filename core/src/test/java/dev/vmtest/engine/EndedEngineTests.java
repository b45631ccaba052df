package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends a run from outside whose units are out of its reach, as on another host: in sessions of their own. */
class EndedEngineTests {

    @TempDir
    private Path directory;

    private KilledRun run() throws Exception {
        Path topdir = Files.createDirectory(directory.resolve("run"));
        return new KilledRun(topdir, Map.of(), "setsid --fork {command}; sleep 600", "SlowOne", "SlowTwo");
    }

    @Test
    void afterAKillNoUnitStays() throws Exception {
        KilledRun run = run();
        List<ProcessHandle> units = run.units();

        run.end(true);

        KilledRun.assertGone(units);
    }

    @Test
    void afterTermNoUnitStaysAndTheReportSaysWhatIsKnown() throws Exception {
        KilledRun run = run();
        List<ProcessHandle> units = run.units();

        run.end(false);

        KilledRun.assertGone(units);
        RunResults results = ResultFiles.readResults(directory.resolve("run/results.json"));
        assertThat(results.tests())
                .hasSize(2)
                .allSatisfy(test -> assertThat(test.verdict()).isEqualTo(Verdict.INFRASTRUCTURE));
        assertThat(run.said()).contains("interrupted").contains("2 tests: 2 infrastructure");
        assertThat(directory.resolve("run/engine/lease")).doesNotExist();
    }
}
