package dev.vmtest.report;

import dev.vmtest.result.Announced;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Read what a run left in its directory, whether it ended or was killed.
 *
 * <p>A test that is kept counts as its own {@code result.json} says; one without is read from its
 * events; one that {@code results.json} names, or {@code ended.jsonl} where the run came to no report, but that is no
 * longer kept counts as it says there.
 * Only the directories directly in the run's own are looked into, and of these only the files that
 * vmtest itself wrote: what a guest sent is deeper.
 */
final class KeptRun {

    private final Path topdir;
    private final Map<String, TestResult> tests = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private double first = Double.POSITIVE_INFINITY;
    private double last = Double.NEGATIVE_INFINITY;

    private KeptRun(Path topdir) {
        this.topdir = topdir;
    }

    /**
     * Read a run.
     *
     * @throws IOException if nothing of a run is there, or if files cannot be read: all of them at
     *     once
     */
    static RunResults read(Path topdir) throws IOException {
        if (!Files.isDirectory(topdir)) {
            throw new IOException(topdir + " is not a directory; give the directory of a run");
        }
        return new KeptRun(topdir).results();
    }

    /**
     * Read only the tests of a run that ended.
     *
     * @throws IOException if none has, or if files cannot be read
     */
    static RunResults ended(Path topdir) throws IOException {
        KeptRun run = new KeptRun(topdir);
        @Nullable RunBegun begun = run.present(ReportFiles.begun(topdir), ResultFiles::readBegun);
        @Nullable RunResults whole = run.ended();
        if (run.tests.isEmpty() || !run.problems.isEmpty()) {
            throw new IOException(
                    run.problems.isEmpty() ? topdir + ": no test has ended" : String.join("\n", run.problems));
        }
        return whole == null ? run.killed(begun) : whole;
    }

    /** Take the tests that ended, from the report or from before there was one. */
    private @Nullable RunResults ended() {
        @Nullable RunResults whole = present(ReportFiles.results(topdir), ResultFiles::readResults);
        if (whole != null) {
            whole.tests().forEach(test -> tests.put(key(test), test));
        }
        try {
            for (RunEvent.TestFinished ended : EndedTests.read(topdir)) {
                last = Math.max(last, ended.at());
                tests.put(key(ended.result()), ended.result());
            }
        } catch (IOException problem) {
            problems.add(PlainTrouble.of(problem));
        }
        return whole;
    }

    private RunResults results() throws IOException {
        @Nullable RunResults whole = ended();
        @Nullable RunBegun begun = present(ReportFiles.begun(topdir), ResultFiles::readBegun);
        for (Path directory : directories()) {
            test(directory, begun == null ? List.of() : begun.announced());
        }
        if (!problems.isEmpty()) {
            throw new IOException(String.join("\n", problems));
        }
        if (whole == null && begun == null && tests.isEmpty()) {
            throw new IOException(topdir + " holds no results; give the directory of a run, which has"
                    + " run.json, results.json or a directory with result.json for each test");
        }
        if (begun != null) {
            begun.announced().stream().map(KeptRun::notBegun).forEach(test -> tests.putIfAbsent(key(test), test));
        }
        if (whole != null) {
            return new RunResults(
                    whole.vmtest(),
                    whole.started(),
                    whole.seconds(),
                    whole.accelerator(),
                    List.copyOf(tests.values()),
                    whole.origin());
        }
        return killed(begun);
    }

    /** A merged run may hold one test with several installers. */
    static String key(TestResult test) {
        return test.title() + " " + test.installer();
    }

    /** Return the same of a test that has no result yet. */
    static String key(Announced test) {
        return test.title() + " " + test.installer();
    }

    /** A test that a killed run did not come to has learned nothing, and must not be forgotten. */
    private static TestResult notBegun(Announced test) {
        return test.interrupted(
                0, List.of(), List.of(), Evidence.of("not begun: the run ended before its turn"), test.directory());
    }

    private RunResults killed(@Nullable RunBegun begun) {
        String started = begun != null
                ? begun.started()
                : Double.isFinite(first)
                        ? Instant.ofEpochMilli(Math.round(first * 1000)).toString()
                        : "unknown";
        return new RunResults(
                begun != null ? begun.vmtest() : "unknown",
                started,
                Math.max(0, Double.isFinite(last) ? last - start(started) : 0),
                begun != null ? begun.accelerator() : new AcceleratorRecord("unknown", "the run did not write it down"),
                List.copyOf(tests.values()),
                begun != null ? begun.origin() : Origin.UNKNOWN);
    }

    private double start(String started) {
        try {
            return Instant.parse(started).toEpochMilli() / 1000.0;
        } catch (DateTimeException notATime) {
            return Double.isFinite(first) ? first : last;
        }
    }

    private Iterable<Path> directories() throws IOException {
        TreeSet<Path> directories = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(topdir)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    directories.add(entry);
                }
            }
        }
        return directories;
    }

    private void test(Path directory, List<Announced> announced) {
        try {
            @Nullable EventSummary events = null;
            if (isFile(ReportFiles.events(directory))) {
                events = EventSummary.read(directory);
                first = Math.min(first, events.firstAt());
                last = Math.max(last, events.lastAt());
            }
            @Nullable TestResult result = null;
            if (isFile(ReportFiles.result(directory))) {
                result = ResultFiles.readResult(ReportFiles.result(directory));
            } else if (events != null) {
                result = events.result(directory, announced).orElse(null);
            }
            if (result != null) {
                tests.put(key(result), located(result, directory));
            }
        } catch (IOException problem) {
            problems.add(PlainTrouble.of(problem));
        }
    }

    /** Return a result with the directory in which it was found, if the one it names is another. */
    private TestResult located(TestResult result, Path directory) {
        if (ReportFiles.testDirectory(topdir, result.directory()).equals(directory.normalize())) {
            return result;
        }
        return result.in(String.valueOf(directory.getFileName()));
    }

    private <T> @Nullable T present(Path file, Reader<T> reader) {
        if (!isFile(file)) {
            return null;
        }
        try {
            return reader.read(file);
        } catch (IOException problem) {
            problems.add(PlainTrouble.of(problem));
            return null;
        }
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }
}
