package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Write results as GitHub's workflow commands ("Workflow commands for GitHub Actions", error, warning and notice).
 *
 * <p>A message is one line whose percent signs and line ends are escaped, a property also its colons and commas, so that
 * nothing that a guest has said begins or ends a command.
 */
final class GitHubAnnotations {

    /** GitHub shows ten of a kind for each step, and refuses a log that is too long. */
    private static final int MOST = 50;

    private static final int LONGEST = 1000;

    private GitHubAnnotations() {}

    static String of(RunResults results, Path root) {
        List<String> lines = new ArrayList<>();
        for (TestResult test : results.tests()) {
            add(lines, test, root);
        }
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(MOST, lines.size())));
        if (lines.size() > MOST) {
            shown.add("::warning title=vmtest::and " + (lines.size() - MOST) + " more; the report has all");
        }
        shown.add("::notice title=vmtest::" + data(ResultText.counts(results.tests())));
        return String.join("\n", shown) + "\n";
    }

    private static void add(List<String> lines, TestResult test, Path root) {
        String command = switch (test.verdict()) {
            case PASSED, SKIPPED, UNCHANGED -> "";
            case EXPECTED_FAILURE -> "warning";
            case FAILED, INSTALL_FAILED, BOOT_FAILED, INFRASTRUCTURE, UNEXPECTED_PASS -> "error";
        };
        if (command.isEmpty()) {
            return;
        }
        String title = "title=" + property(test.title() + " " + test.verdict().text());
        List<CheckRecord> failed = ResultText.failedChecks(test);
        for (CheckRecord check : failed) {
            String place = CheckPlace.of(check.source())
                    .map(found -> "file=" + property(found.below(root)) + ",line=" + found.line() + ",col="
                            + found.column() + ",")
                    .orElse("");
            lines.add("::" + command + " " + place + title + "::" + data(check.name() + ": " + check.message()));
        }
        if (failed.isEmpty()) {
            lines.add("::" + command + " " + title + "::" + data(ResultText.why(test)));
        }
    }

    private static String data(String text) {
        return Printable.cut(Printable.line(text), LONGEST)
                .replace("%", "%25")
                .replace("\r", "%0D")
                .replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
