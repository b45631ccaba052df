package dev.vmtest.report;

import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunListener;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keep what each test of a run says in that test's own directory: its events as they happen, its
 * {@code result.json} when it ends.
 *
 * <p>Give it to whatever runs the tests as a {@link RunListener}; it opens a test's log when the
 * test starts and closes it when the test finishes. A directory that is gone when its test ends, because a keep rule removed it, is not made again. Safe
 * for use by several threads.
 */
public final class RunRecorder implements RunListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);

    private final Path topdir;
    private final boolean keepsLogs;
    private final Map<String, RunEventLog> open = new HashMap<>();

    /** Record the tests of a run in the directories that they name, relative to the run's own. */
    public RunRecorder(Path topdir) {
        this(topdir, true);
    }

    private RunRecorder(Path topdir, boolean keepsLogs) {
        this.topdir = topdir;
        this.keepsLogs = keepsLogs;
    }

    /** Record only the results of tests whose directories hold the logs of an earlier run. */
    public static RunRecorder ofResults(Path topdir) {
        return new RunRecorder(topdir, false);
    }

    @Override
    public synchronized void happened(RunEvent event) {
        try {
            if (keepsLogs && event instanceof RunEvent.TestStarted started) {
                Path directory = ReportFiles.testDirectory(topdir, started.directory());
                RunEventLog former = open.put(started.test(), RunEventLog.create(directory));
                if (former != null) {
                    former.close();
                }
            }
            RunEventLog log = open.get(event.test());
            if (log != null) {
                log.happened(event);
            }
            if (event instanceof RunEvent.TestFinished finished) {
                finish(finished.result(), event.test());
            }
        } catch (IOException problem) {
            LOG.warn("what {} says cannot be kept: {}", event.test(), PlainTrouble.of(problem));
        }
    }

    /** Close the logs of tests that have not finished. */
    @Override
    public synchronized void close() throws IOException {
        for (RunEventLog log : open.values()) {
            log.close();
        }
        open.clear();
    }

    private void finish(TestResult result, String test) throws IOException {
        RunEventLog log = open.remove(test);
        if (log != null) {
            log.problem().ifPresent(problem -> LOG.warn("{}", problem.getMessage()));
            log.close();
        }
        Path directory = ReportFiles.testDirectory(topdir, result.directory());
        if (Files.isDirectory(directory)) {
            ResultFiles.write(directory, result);
        }
    }
}
