package dev.vmtest.session;

import dev.vmtest.history.History;
import dev.vmtest.history.HistoryEntry;
import dev.vmtest.history.HistoryEntry.Subject;
import dev.vmtest.history.HistoryFile;
import dev.vmtest.report.PassPlace;
import dev.vmtest.report.RememberedPasses;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connect a run with what this host remembers of earlier ones. It decides about no verdict: where it cannot be read or
 * written, the log says so and the run goes on.
 */
public final class RunHistory {

    private static final Logger LOG = LoggerFactory.getLogger(RunHistory.class);

    private final Optional<HistoryFile> file;

    private RunHistory(Optional<HistoryFile> file) {
        this.file = file;
    }

    /** Return the history that an environment names. */
    public static RunHistory of(Map<String, String> environment) {
        return new RunHistory(
                HostDirectories.history(Settings.read(environment), environment).map(HistoryFile::new));
    }

    /** Return where it is; empty for a user without a home. */
    public Optional<Path> path() {
        return file.map(HistoryFile::path);
    }

    /**
     * Return what is remembered.
     *
     * @throws InfrastructureException if a file is there that cannot be read
     */
    public History read() {
        try {
            return file.isEmpty() ? History.EMPTY : file.get().read();
        } catch (IOException trouble) {
            throw new InfrastructureException("the history cannot be read: " + PlainTrouble.of(trouble), trouble);
        }
    }

    /** Return how long each of some tests is expected to take, by title; those that are not known are missing. */
    public Map<String, Double> expectedSeconds(List<TestCase> tests) {
        Map<Subject, Double> expected;
        try {
            expected = read().expectedSeconds();
        } catch (InfrastructureException unreadable) {
            LOG.warn("no time is expected: {}", unreadable.getMessage());
            return Map.of();
        }
        Map<String, Double> found = new TreeMap<>();
        for (TestCase test : tests) {
            Double seconds = expected.get(new Subject(test.name(), test.release(), test.installerName()));
            if (seconds != null) {
                found.put(test.title(), seconds);
            }
        }
        return found;
    }

    /**
     * Return where the tests of a run last passed before it. Where nothing can be known the log says why.
     *
     * @see RememberedPasses
     */
    public List<PassPlace> passesBefore(RunResults results) {
        Map<Subject, HistoryEntry> last;
        try {
            last = read().lastPassesBefore(Instant.parse(results.started()).toEpochMilli() / 1000.0);
        } catch (InfrastructureException | DateTimeException unknown) {
            LOG.warn("it is not said what is different since tests passed: {}", unknown.getMessage());
            return List.of();
        }
        List<PassPlace> places = new ArrayList<>();
        for (TestResult test : results.tests()) {
            HistoryEntry pass = last.get(new Subject(test.name(), test.release(), test.installer()));
            if (pass != null) {
                place(pass).ifPresent(places::add);
            }
        }
        return places;
    }

    private static Optional<PassPlace> place(HistoryEntry pass) {
        try {
            Path topdir = Path.of(pass.topdir());
            return topdir.isAbsolute()
                    ? Optional.of(new PassPlace(
                            pass.test(), pass.release(), pass.installer(), pass.run(), topdir.normalize()))
                    : Optional.empty();
        } catch (InvalidPathException foreign) {
            return Optional.empty();
        }
    }

    /**
     * Remember a result.
     *
     * @param topdir the directory of its run
     */
    void add(TestResult result, String run, double at, String accelerator, Path topdir) {
        if (file.isEmpty()) {
            return;
        }
        try {
            file.get().add(HistoryEntry.of(result, run, at, accelerator, topdir));
        } catch (IOException trouble) {
            LOG.warn("{} is not remembered: {}", result.title(), PlainTrouble.of(trouble));
        }
    }
}
