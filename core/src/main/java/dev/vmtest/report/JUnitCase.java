package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Hold what becomes one {@code testcase} of {@code junit.xml}: a phase or a check.
 *
 * @param name unique within its suite
 * @param seconds how long it took; 0 for a check
 * @param file the file that asked for it, or empty
 * @param outcome which element it gets
 * @param type the word for what went wrong; empty when it passed
 * @param message one sentence; empty when it passed
 * @param details the whole story; empty when it passed
 */
record JUnitCase(
        String name, double seconds, String file, Outcome outcome, String type, String message, String details) {

    /** Say which element a case gets. */
    enum Outcome {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    /** Return the cases of a test; never none, and never all passed if the test did not. */
    static List<JUnitCase> of(TestResult test) {
        List<JUnitCase> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String culprit = culprit(test);
        for (PhaseResult phase : test.phases()) {
            String name = unique(names, phase.name(), "again");
            cases.add(
                    phase.name().equals(culprit)
                            ? verdict(test, name, phase.seconds())
                            : passed(name, phase.seconds(), ""));
        }
        for (CheckRecord check : test.checks()) {
            cases.add(check(test.verdict(), check, unique(names, check.name(), check.source())));
        }
        if (isMissing(test, cases)) {
            cases.add(0, verdict(test, unique(names, culprit.isEmpty() ? "verdict" : culprit, "verdict"), 0));
        }
        return List.copyOf(cases);
    }

    private static boolean isMissing(TestResult test, List<JUnitCase> cases) {
        Outcome wanted = outcome(test.verdict());
        return cases.isEmpty()
                || (wanted != Outcome.PASSED && cases.stream().noneMatch(one -> one.outcome() == wanted));
    }

    /** Return the phase that carries the verdict; empty where checks carry it or nothing ran. */
    private static String culprit(TestResult test) {
        String ended = ResultText.endedIn(test);
        return ended.equals(Phase.CHECK.text())
                        && !ResultText.failedChecks(test).isEmpty()
                ? ""
                : ended;
    }

    private static JUnitCase verdict(TestResult test, String name, double seconds) {
        String word = test.verdict().text();
        String why = ResultText.why(test);
        return new JUnitCase(
                name,
                seconds,
                "",
                outcome(test.verdict()),
                word,
                why.isEmpty() ? word : word + ": " + why,
                String.join("\n", ResultText.explanation(test)));
    }

    private static JUnitCase passed(String name, double seconds, String file) {
        return new JUnitCase(name, seconds, file, Outcome.PASSED, "", "", "");
    }

    private static JUnitCase check(Verdict verdict, CheckRecord check, String name) {
        String file = CheckPlace.of(check.source()).map(CheckPlace::file).orElse("");
        return switch (check.verdict()) {
            case CheckRecord.PASSED -> passed(name, 0, file);
            case CheckRecord.SKIPPED, CheckRecord.NOT_JUDGED ->
                new JUnitCase(name, 0, file, Outcome.SKIPPED, check.verdict(), check.message(), "");
            default ->
                new JUnitCase(
                        name,
                        0,
                        file,
                        verdict == Verdict.EXPECTED_FAILURE ? Outcome.SKIPPED : Outcome.FAILURE,
                        check.verdict(),
                        (verdict == Verdict.EXPECTED_FAILURE ? "expected failure: " : "") + check.message(),
                        ResultText.check(check));
        };
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> Outcome.PASSED;
            case FAILED, INSTALL_FAILED, BOOT_FAILED, UNEXPECTED_PASS -> Outcome.FAILURE;
            case INFRASTRUCTURE -> Outcome.ERROR;
            case SKIPPED, UNCHANGED, EXPECTED_FAILURE -> Outcome.SKIPPED;
        };
    }

    private static String unique(Set<String> names, String name, String distinction) {
        String candidate = name;
        for (int number = 1; !names.add(candidate); number++) {
            candidate = name + " (" + distinction + (number == 1 ? "" : " " + number) + ")";
        }
        return candidate;
    }
}
