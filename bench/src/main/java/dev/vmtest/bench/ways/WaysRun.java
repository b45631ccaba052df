package dev.vmtest.bench.ways;

import dev.vmtest.process.Command;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.Fidelity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Run tests booted in full and resumed, by the command that a user types, and compare what was installed.
 *
 * @param tree the built source tree
 * @param output a directory that keeps what the runs write
 * @param kept whether the results of earlier runs that are there are compared, and nothing is run
 */
record WaysRun(Path tree, Path output, String release, boolean kept, Processes processes, PrintStream log) {

    /** Where resuming was tried and did not work, the result says "full instead of resume". */
    private static final String ONLY_FULL = Fidelity.FULL.text() + ": ";

    private static final int FIRST_STATUS_WITHOUT_RESULTS = 2;

    /**
     * Hold what was learned of one test.
     *
     * @param way how the second run started, and why so
     * @param files how many files were compared
     * @param differences what differs though it must not, or why nothing could be compared
     */
    record Outcome(String test, String way, int files, List<String> differences) {

        Outcome {
            differences = List.copyOf(differences);
        }

        /** Say whether the test was resumed and its facts are equal. */
        boolean isEqual() {
            return way.equals(Fidelity.RESUME.text()) && files > 0 && differences.isEmpty();
        }

        /** Say whether the test chose the full way by itself, so that there is nothing to compare. */
        boolean isOnlyFull() {
            return way.startsWith(ONLY_FULL) && differences.isEmpty();
        }
    }

    /**
     * Run and compare.
     *
     * @throws IllegalStateException if a run gave no results
     */
    List<Outcome> run(List<String> tests) throws Exception {
        RunResults full = run(tests, Fidelity.FULL);
        RunResults resumed = run(tests, Fidelity.RESUME);
        List<Outcome> outcomes = new ArrayList<>();
        for (TestResult result : full.tests()) {
            outcomes.add(compare(result, find(resumed, result.name())));
        }
        return outcomes;
    }

    private Outcome compare(TestResult full, Optional<TestResult> resumed) throws IOException {
        if (resumed.isEmpty()) {
            return new Outcome(full.name(), "", 0, List.of("the second run has no result of it"));
        }
        String way = way(resumed.get());
        if (full.verdict() == Verdict.SKIPPED) {
            return new Outcome(
                    full.name(), ONLY_FULL + "skipped: " + full.evidence().summary(), 0, List.of());
        }
        for (TestResult result : List.of(full, resumed.get())) {
            if (result.verdict() != Verdict.PASSED) {
                return new Outcome(
                        full.name(),
                        way,
                        0,
                        List.of("it ended with " + result.verdict().text() + ": "
                                + result.evidence().summary()));
            }
        }
        if (!way.equals(Fidelity.RESUME.text())) {
            return new Outcome(full.name(), way, 0, way.startsWith(ONLY_FULL) ? List.of() : List.of(way));
        }
        FactsComparison.Outcome compared =
                FactsComparison.compare(collected(Fidelity.FULL, full), collected(Fidelity.RESUME, resumed.get()));
        return new Outcome(full.name(), way, compared.files(), compared.differences());
    }

    private static Optional<TestResult> find(RunResults results, String name) {
        return results.tests().stream()
                .filter(result -> result.name().equals(name))
                .findFirst();
    }

    private static String way(TestResult result) {
        return result.phases().stream()
                .filter(phase -> phase.name().equals(Phase.INSTALL.text()))
                .map(PhaseResult::way)
                .findFirst()
                .orElse("");
    }

    private Path collected(Fidelity way, TestResult result) {
        return ReportFiles.testDirectory(topdir(way), result.directory()).resolve("collect");
    }

    private Path topdir(Fidelity way) {
        return output.resolve(way.text());
    }

    private RunResults run(List<String> tests, Fidelity way) throws Exception {
        if (!kept) {
            install(tests, way);
        }
        return ResultFiles.readResults(ReportFiles.results(topdir(way)));
    }

    private void install(List<String> tests, Fidelity way) throws Exception {
        List<String> words = new ArrayList<>(List.of(tree.resolve("bin/vmtest").toString(), "run"));
        words.addAll(tests);
        words.addAll(List.of(
                "--release",
                release,
                "--fidelity",
                way.text(),
                "--topdir",
                topdir(way).toString()));
        Path told = output.resolve(way.text() + ".log");
        log.println("running " + way.text() + ", told in " + told);
        Command command = Command.of(words).withEnvironment("CURTIN_VMTEST_KEEP_DATA_PASS", "collect,logs");
        try (Running running = processes.start(command, told)) {
            int status = running.exit().get();
            if (status >= FIRST_STATUS_WITHOUT_RESULTS) {
                throw new IllegalStateException("the run ended with exit status " + status + "; see " + told);
            }
        }
    }
}
