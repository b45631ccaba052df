package dev.vmtest.session;

import dev.vmtest.report.RememberedPasses;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keep what a run says about itself in its directory. A run that only repeats checks leaves what the earlier run said
 * as it is, and brings its report up to date at the end.
 *
 * @param topdir the directory of the run
 * @param accelerator what executes its guests
 * @param started when it began
 * @param clock the time of day
 * @param origin on what host it runs, and by which command
 * @param passes where tests passed before, for what is different since
 * @param isRepeat whether only the checks are run, on what an earlier run left
 */
record RunReporting(
        Path topdir,
        AcceleratorRecord accelerator,
        Instant started,
        InstantSource clock,
        Origin origin,
        RememberedPasses passes,
        boolean isRepeat) {

    private static final Logger LOG = LoggerFactory.getLogger(RunReporting.class);

    /** Name the tests of the run beforehand, so that none is forgotten if it is killed. */
    void begin(List<TestCase> announced) throws IOException {
        if (!isRepeat) {
            RunReport.begin(
                    topdir,
                    Session.version(),
                    started,
                    accelerator,
                    announced.stream().map(TestCase::announced).toList(),
                    origin);
            if (!announced.isEmpty()) {
                RunReport.holdRoom(topdir, announced.size());
            }
        }
    }

    /** Keep how a test ended. */
    void checkpoint(RunEvent.TestFinished ended) throws IOException {
        if (!isRepeat) {
            RunReport.checkpoint(topdir, ended);
        }
    }

    /** Return the results of tests as those of the run, which has taken until now. */
    RunResults results(List<TestResult> tests) {
        double seconds = (clock.millis() - started.toEpochMilli()) / 1000.0;
        return new RunResults(Session.version(), started.toString(), seconds, accelerator, tests, origin);
    }

    /**
     * Write the report; where only checks were run, tests that were not asked for stay in it as they were.
     *
     * @return its page
     */
    Path write(RunResults results) throws IOException {
        if (isRepeat) {
            var unused = RunReport.rebuild(topdir, passes);
            return ReportFiles.page(topdir);
        }
        Path page = RunReport.write(topdir, results, passes);
        try {
            begin(List.of());
        } catch (IOException full) {
            // The tests that run.json still names are in the report, which counts.
            LOG.warn("run.json stays as it was: {}", PlainTrouble.of(full));
        }
        return page;
    }
}
