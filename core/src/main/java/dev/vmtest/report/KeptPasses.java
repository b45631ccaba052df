package dev.vmtest.report;

import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Find what is still kept of passes that are remembered. A directory that is gone, that another run has taken since, or
 * that cannot be read is no trouble: then it is not said what is different.
 */
final class KeptPasses {

    private static final Logger LOG = LoggerFactory.getLogger(KeptPasses.class);

    /** A report waits for no more directories than these. */
    static final int MOST_RUNS = 16;

    private KeptPasses() {}

    /**
     * Return the runs in which tests passed, each with these tests only.
     *
     * @param results of the run that is reported; only what failed in it is looked for
     * @param topdir of the run that is reported, which holds no earlier one
     */
    static List<ReportedRun> of(RememberedPasses remembered, RunResults results, Path topdir) {
        boolean isExplained = results.tests().stream().anyMatch(test -> ResultText.needsExplaining(test.verdict()));
        if (!isExplained) {
            return List.of();
        }
        Path own = topdir.toAbsolutePath().normalize();
        Map<Path, List<PassPlace>> byRun = new LinkedHashMap<>();
        for (PassPlace place : remembered.before(results)) {
            if (!place.topdir().equals(own) && results.tests().stream().anyMatch(test -> isExplainedBy(place, test))) {
                byRun.computeIfAbsent(place.topdir(), path -> new ArrayList<>()).add(place);
            }
        }
        List<ReportedRun> found = new ArrayList<>();
        byRun.entrySet().stream().limit(MOST_RUNS).forEach(run -> {
            try {
                found.addAll(kept(run.getKey(), run.getValue()));
            } catch (IOException | RuntimeException unusable) {
                LOG.debug("{} holds no pass: {}", run.getKey(), unusable.getMessage());
            }
        });
        return found;
    }

    private static boolean isExplainedBy(PassPlace place, TestResult test) {
        return ResultText.needsExplaining(test.verdict()) && isOf(place, test);
    }

    private static boolean isOf(PassPlace place, TestResult test) {
        return place.test().equals(test.name())
                && place.release().equals(test.release())
                && place.installer().equals(test.installer());
    }

    private static List<ReportedRun> kept(Path topdir, List<PassPlace> places) throws IOException {
        if (!Files.isRegularFile(ReportFiles.begun(topdir), LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        // A run that has taken the directory since says so before it writes anything else.
        String begun = ResultFiles.readBegun(ReportFiles.begun(topdir)).started();
        List<PassPlace> there =
                places.stream().filter(place -> place.run().equals(begun)).toList();
        if (there.isEmpty()) {
            return List.of();
        }
        RunResults run = KeptRun.ended(topdir);
        List<TestResult> passed = run.tests().stream()
                .filter(test -> test.verdict() == Verdict.PASSED
                        && isInside(topdir, test)
                        && there.stream().anyMatch(place -> isOf(place, test)))
                .toList();
        return passed.isEmpty() || !run.started().equals(begun)
                ? List.of()
                : List.of(new ReportedRun(
                        topdir,
                        new RunResults(
                                run.vmtest(), run.started(), run.seconds(), run.accelerator(), passed, run.origin())));
    }

    /** Whoever wrote there must not lead a report to other directories. */
    private static boolean isInside(Path topdir, TestResult test) {
        Path directory = ReportFiles.testDirectory(topdir, test.directory());
        return directory.startsWith(topdir) && !directory.equals(topdir) && !Files.isSymbolicLink(directory);
    }
}
