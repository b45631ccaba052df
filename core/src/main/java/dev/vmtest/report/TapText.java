package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Write results as the Test Anything Protocol, version 14 (testanything.org): a test point for each test, with a subtest
 * that has one for each of its checks.
 *
 * <p>Number signs and backslashes of a description are escaped, and what is said besides is a quoted scalar of YAML, so
 * that nothing that a guest has said is a directive, a test point or a bail-out.
 */
final class TapText {

    private static final int LONGEST = 1000;
    private static final String SUBTEST = "    ";

    private TapText() {}

    static String of(RunResults results) {
        List<String> lines = new ArrayList<>(
                List.of("TAP version 14", "1.." + results.tests().size()));
        int number = 0;
        for (TestResult test : results.tests()) {
            number++;
            subtest(lines, test);
            lines.add(point(isOk(test), number, test.title() + " with " + test.installer()) + directive(test));
            lines.add("  ---");
            lines.add("  verdict: " + quoted(test.verdict().text()));
            if (!ResultText.why(test).isEmpty()) {
                lines.add("  message: " + quoted(ResultText.why(test)));
            }
            lines.add("  duration_ms: " + Math.round(test.seconds() * 1000));
            lines.add("  ...");
        }
        return String.join("\n", lines) + "\n";
    }

    private static boolean isOk(TestResult test) {
        return switch (test.verdict()) {
            case PASSED, SKIPPED, UNCHANGED -> true;
            // With the directive TODO it counts as well.
            case EXPECTED_FAILURE -> false;
            case FAILED, INSTALL_FAILED, BOOT_FAILED, INFRASTRUCTURE, UNEXPECTED_PASS -> false;
        };
    }

    private static String directive(TestResult test) {
        return switch (test.verdict()) {
            case SKIPPED, UNCHANGED -> " # SKIP " + escaped(test.verdict().text() + ": " + ResultText.why(test));
            case EXPECTED_FAILURE -> " # TODO " + escaped(ResultText.why(test));
            case PASSED, FAILED, INSTALL_FAILED, BOOT_FAILED, INFRASTRUCTURE, UNEXPECTED_PASS -> "";
        };
    }

    private static void subtest(List<String> lines, TestResult test) {
        List<CheckRecord> checks = test.checks();
        if (checks.isEmpty()) {
            return;
        }
        lines.add("# Subtest: " + escaped(test.title() + " with " + test.installer()));
        lines.add(SUBTEST + "1.." + checks.size());
        for (int index = 0; index < checks.size(); index++) {
            CheckRecord check = checks.get(index);
            boolean holds = !check.hasFailed();
            boolean wasHeld = check.verdict().equals(CheckRecord.PASSED);
            lines.add(SUBTEST
                    + point(holds, index + 1, check.name())
                    + (holds && !wasHeld ? " # SKIP " + escaped(check.verdict() + ": " + check.message()) : ""));
            if (!holds) {
                lines.add(SUBTEST + "  ---");
                lines.add(SUBTEST + "  message: " + quoted(check.message()));
                lines.add(SUBTEST + "  at: " + quoted(check.source()));
                lines.add(SUBTEST + "  ...");
            }
        }
    }

    private static String point(boolean ok, int number, String description) {
        return (ok ? "ok " : "not ok ") + number + " - " + escaped(description);
    }

    private static String escaped(String text) {
        return Printable.cut(Printable.line(text), LONGEST)
                .replace("\\", "\\\\")
                .replace("#", "\\#");
    }

    /** A string of JSON is a scalar of YAML in double quotes. */
    private static String quoted(String text) {
        return Json.LINES.writeValueAsString(Printable.cut(Printable.line(text), LONGEST));
    }
}
