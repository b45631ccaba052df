package dev.vmtest.report;

import dev.vmtest.files.PlannedChange;
import dev.vmtest.result.Announced;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Write everything that is read of a run after it: {@code results.json}, {@code junit.xml} and
 * {@code index.html} in its directory.
 */
public final class RunReport {

    private RunReport() {}

    /**
     * Write down what a run is as it begins, so that it can be reported even if it is killed.
     *
     * @param announced the tests that are still to be reported
     * @param origin on what host it runs, and by which command
     * @throws IOException if it could not be written
     */
    public static void begin(
            Path topdir,
            String vmtest,
            Instant started,
            AcceleratorRecord accelerator,
            List<Announced> announced,
            Origin origin)
            throws IOException {
        ResultFiles.write(topdir, new RunBegun(vmtest, started.toString(), accelerator, announced, origin));
    }

    /**
     * Hold room for the report until it is written, so that a disk that fills up meanwhile does not take it.
     *
     * @param tests how many tests there will be
     * @throws IOException if there is no room
     */
    public static void holdRoom(Path topdir, int tests) throws IOException {
        ReportReserve.hold(topdir, tests);
    }

    /** Return, for each test, its title and below it where the time of its phases went, line by line. */
    public static List<String> times(RunResults results) {
        List<String> lines = new ArrayList<>();
        for (TestResult test : results.tests()) {
            List<String> times = ResultText.times(test);
            if (!times.isEmpty()) {
                lines.add(Printable.line(test.title()));
                times.forEach(time -> lines.add("    " + time));
            }
        }
        return lines;
    }

    /** Return the last lines of a run: how its tests ended, what ran the guests, and where the report is. */
    public static List<String> ending(RunResults results, Path page) {
        return ResultText.ending(results, Printable.line(page.toString()));
    }

    /**
     * Keep how a test ended, so that a run that is killed loses no test whose data a keep rule removed.
     *
     * @throws IOException if it could not be written
     */
    public static void checkpoint(Path topdir, RunEvent.TestFinished ended) throws IOException {
        EndedTests.add(topdir, ended);
    }

    /**
     * Return the results of the tests that ended, of a run that may not have come to its report.
     *
     * @throws IOException if none has, or what is kept cannot be read
     */
    public static RunResults ended(Path topdir) throws IOException {
        return KeptRun.ended(topdir);
    }

    /**
     * Write the report of a run.
     *
     * @return the page that people read
     * @throws IOException if a file could not be written
     */
    public static Path write(Path topdir, RunResults results) throws IOException {
        return write(topdir, results, RememberedPasses.NONE);
    }

    /**
     * Write the report of a run, which says of each test that did not pass what is different since it last passed, as far
     * as that is still kept.
     *
     * @return the page that people read
     * @throws IOException if a file could not be written
     */
    public static Path write(Path topdir, RunResults results, RememberedPasses passes) throws IOException {
        return write(topdir, results, () -> KeptPasses.of(passes, results, topdir));
    }

    /**
     * Write the report of a run, which says what has changed since a test last passed.
     *
     * @param earlier the results of earlier runs, in any order
     * @return the page that people read
     * @throws IOException if a file could not be written
     */
    static Path write(Path topdir, RunResults results, List<ReportedRun> earlier) throws IOException {
        return write(topdir, results, () -> earlier);
    }

    /** Earlier runs are read when what counts has been written. */
    private static Path write(Path topdir, RunResults results, Supplier<List<ReportedRun>> earlier) throws IOException {
        ReportReserve.release(topdir);
        Path page = ReportFiles.page(topdir);
        List<IOException> lost = new ArrayList<>();
        attempt(
                () -> {
                    Path written = ResultFiles.write(topdir, results);
                    EndedTests.remove(topdir);
                    return written;
                },
                lost);
        attempt(() -> JUnitXml.write(topdir, results), lost);
        attempt(() -> HtmlReport.write(topdir, results, new LastPasses(earlier.get())), lost);
        if (!lost.isEmpty()) {
            throw lost.get(0);
        }
        return page;
    }

    /** One file that cannot be written is no reason to go without the others. */
    private static void attempt(Written file, List<IOException> lost) {
        try {
            var unused = file.write();
        } catch (IOException trouble) {
            lost.add(trouble);
        }
    }

    /** Write one file of the report. */
    @FunctionalInterface
    private interface Written {
        Path write() throws IOException;
    }

    /**
     * Return the result that an earlier run left in a test's directory, if it can be read.
     *
     * @throws IOException if there is one that cannot be read
     */
    public static Optional<TestResult> kept(Path testDirectory) throws IOException {
        Path file = ReportFiles.result(testDirectory);
        return Files.isRegularFile(file) ? Optional.of(ResultFiles.readResult(file)) : Optional.empty();
    }

    /**
     * Write the report of a run again from what is kept in its directory.
     *
     * <p>A test that was cut short, because its run was killed, is reported from its events as
     * trouble of the infrastructure.
     *
     * @return the results that it shows
     * @throws IOException if nothing is kept there, or what is kept cannot be read; nothing was then
     *     written
     */
    public static RunResults rebuild(Path topdir) throws IOException {
        return rebuild(topdir, RememberedPasses.NONE);
    }

    /**
     * Write the report of a run again, which says of each test that did not pass what is different since it last passed, as
     * far as that is still kept.
     *
     * @return the results that it shows
     * @throws IOException under the conditions of {@link #rebuild}
     */
    public static RunResults rebuild(Path topdir, RememberedPasses passes) throws IOException {
        RunResults results = KeptRun.read(topdir);
        write(topdir, results, passes);
        return results;
    }

    /**
     * Write the report of a run again, which says of each test that did not pass what is different since it passed in one
     * of other runs.
     *
     * @param earlier the directories of these runs, in any order
     * @return the results that it shows
     * @throws IOException under the conditions of {@link #rebuild}, of any of the runs
     */
    public static RunResults rebuild(Path topdir, List<Path> earlier) throws IOException {
        RunResults results = KeptRun.read(topdir);
        List<ReportedRun> runs = new ArrayList<>();
        for (Path each : earlier) {
            runs.add(new ReportedRun(each, KeptRun.read(each)));
        }
        write(topdir, results, runs);
        return results;
    }

    /**
     * Return the results that are kept of a run; a test that was cut short is trouble of the infrastructure.
     *
     * @throws IOException under the conditions of {@link #rebuild}
     */
    public static RunResults read(Path topdir) throws IOException {
        return KeptRun.read(topdir);
    }

    /**
     * Return what {@link #rebuild} would write, without doing it.
     *
     * @throws IOException under the conditions of {@link #rebuild}
     */
    public static List<PlannedChange> planned(Path topdir) throws IOException {
        var unused = KeptRun.read(topdir);
        List<PlannedChange> changes = new ArrayList<>(written(topdir));
        for (Path file : List.of(ReportFiles.reserve(topdir), ReportFiles.ended(topdir))) {
            if (Files.exists(file)) {
                changes.add(PlannedChange.removing(file.toString()));
            }
        }
        return changes;
    }

    /** Return the files of the report that {@link #write} would make or replace. */
    public static List<PlannedChange> written(Path topdir) {
        return Stream.of(ReportFiles.results(topdir), ReportFiles.junit(topdir), ReportFiles.page(topdir))
                .map(PlannedChange::writing)
                .toList();
    }
}
