package dev.vmtest.report;

import dev.vmtest.digest.Sha256;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Write results as GitLab takes them for {@code artifacts: reports: codequality} (GitLab, "Code Quality report format"):
 * an array of findings, each with a place. What failed without a place stands at the page of the run.
 */
final class GitLabQuality {

    private static final int LONGEST = 1000;

    private GitLabQuality() {}

    static String of(RunResults results, Path topdir, Path root) {
        String page = new CheckPlace(ReportFiles.page(topdir).toAbsolutePath().toString(), 1, 1).below(root);
        List<Map<String, Object>> findings = new ArrayList<>();
        for (TestResult test : results.tests()) {
            if (test.verdict().exitStatus() == 0 && test.verdict() != Verdict.EXPECTED_FAILURE) {
                continue;
            }
            List<CheckRecord> failed = ResultText.failedChecks(test);
            for (CheckRecord check : failed) {
                findings.add(finding(
                        test,
                        check.name(),
                        check.name() + ": " + check.message(),
                        CheckPlace.of(check.source())
                                .map(place -> new CheckPlace(place.below(root), place.line(), 1))
                                .orElse(new CheckPlace(page, 1, 1)),
                        check.source()));
            }
            if (failed.isEmpty()) {
                findings.add(
                        finding(test, test.verdict().text(), ResultText.why(test), new CheckPlace(page, 1, 1), ""));
            }
        }
        return Json.INDENTED.writeValueAsString(findings) + "\n";
    }

    private static Map<String, Object> finding(
            TestResult test, String check, String message, CheckPlace place, String source) {
        Map<String, Object> finding = new LinkedHashMap<>();
        String title = test.title() + " " + test.verdict().text();
        finding.put("description", Printable.cut(Printable.line(title + ": " + message), LONGEST));
        finding.put("check_name", Printable.cut(Printable.line(check), LONGEST));
        // What a guest has said is no part of it: the same finding stays the same from run to run.
        finding.put("fingerprint", Sha256.of(String.join("\n", test.title(), test.installer(), check, source)));
        finding.put("severity", severity(test.verdict()));
        finding.put("location", Map.of("path", Printable.line(place.file()), "lines", Map.of("begin", place.line())));
        return finding;
    }

    private static String severity(Verdict verdict) {
        return switch (verdict) {
            case INSTALL_FAILED, BOOT_FAILED -> "blocker";
            case FAILED -> "critical";
            case UNEXPECTED_PASS, INFRASTRUCTURE -> "major";
            case EXPECTED_FAILURE, PASSED, SKIPPED, UNCHANGED -> "info";
        };
    }
}
