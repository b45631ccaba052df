package dev.vmtest.session;

import dev.vmtest.history.History;
import dev.vmtest.history.HistoryEntry;
import dev.vmtest.history.HistoryEntry.Subject;
import dev.vmtest.history.HistoryFile;
import dev.vmtest.result.TestResult;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
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

    /** Remember a result. */
    void add(TestResult result, String run, double at, String accelerator) {
        if (file.isEmpty()) {
            return;
        }
        try {
            file.get().add(HistoryEntry.of(result, run, at, accelerator));
        } catch (IOException trouble) {
            LOG.warn("{} is not remembered: {}", result.title(), PlainTrouble.of(trouble));
        }
    }
}
