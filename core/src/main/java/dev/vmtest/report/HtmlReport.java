package dev.vmtest.report;

import dev.vmtest.report.PageView.Count;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.Printable;
import dev.vmtest.text.TextResource;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Write the page of a run: one file that needs no other, opens from a disk, and prints.
 *
 * <p>Everything that came from a guest or a file is escaped by the template engine for the place
 * where it stands, and the page's own policy lets no script run but its own.
 */
final class HtmlReport {

    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.vmtest.report");

    private HtmlReport() {}

    /**
     * Write {@code index.html} into the directory of a run.
     *
     * @param lastPasses what is known of earlier passes of the same tests
     * @throws IOException if it could not be written
     */
    static Path write(Path topdir, RunResults results, LastPasses lastPasses) throws IOException {
        Path page = ReportFiles.page(topdir);
        AtomicFile.write(
                page, rendered("report.jte", view(topdir, results, lastPasses)).getBytes(StandardCharsets.UTF_8));
        return page;
    }

    /** Return a page, or a part of one. */
    static String rendered(String template, Object view) {
        StringOutput output = new StringOutput();
        TEMPLATES.render(template, view, output);
        // The template engine escapes markup; what is not visible is replaced in the whole page, wherever it stands.
        return Printable.text(output.toString());
    }

    private static PageView view(Path topdir, RunResults results, LastPasses lastPasses) {
        TestViews views = new TestViews(topdir, lastPasses);
        List<TestView> tests = new ArrayList<>();
        List<TestResult> sorted = results.tests().stream()
                .sorted(Comparator.comparingInt((TestResult test) -> urgency(test.verdict()))
                        .thenComparing(TestResult::name)
                        .thenComparing(TestResult::release))
                .toList();
        sorted.forEach(test -> tests.add(views.view("t" + (tests.size() + 1), test)));
        List<String> ids = tests.stream().map(TestView::id).toList();
        return page(
                headline(results),
                results,
                counts(results),
                tests,
                new PageView.Overview(Matrix.of(sorted, ids), Timeline.of(topdir, results, sorted, ids)),
                "",
                false);
    }

    /**
     * Return what a page shows.
     *
     * @param live how a page stands that follows its run; empty for one that does not
     * @param goesOn whether the run has not ended
     */
    static PageView page(
            String headline,
            RunResults results,
            List<Count> counts,
            List<TestView> tests,
            PageView.Overview overview,
            String live,
            boolean goesOn) {
        String script = resource("report.js") + (live.isEmpty() ? "" : resource("live.js"));
        Verdict worst = results.tests().stream()
                .map(TestResult::verdict)
                .min(Comparator.comparingInt(HtmlReport::urgency))
                .orElse(Verdict.SKIPPED);
        boolean isUnknown = goesOn && worst.exitStatus() == 0;
        return new PageView(
                new PageView.Title(headline, isUnknown ? "" : tone(worst)),
                new PageView.About(
                        results.vmtest(),
                        Durations.moment(results.started()),
                        goesOn ? "" : Durations.text(results.seconds()),
                        ResultText.accelerator(results.accelerator()),
                        results.origin().host(),
                        results.origin().command()),
                counts,
                tests,
                overview,
                live,
                new PageView.Dress(resource("report.css"), script, "sha256-" + sha256(script)));
    }

    static String headline(RunResults results) {
        int all = results.tests().size();
        long wrong = results.tests().stream()
                .filter(test -> test.verdict().exitStatus() != 0)
                .count();
        if (all == 0) {
            return "No test ran";
        }
        if (wrong > 0) {
            return wrong + " of " + ResultText.count(all, "test") + " did not pass";
        }
        long passed = results.tests().stream()
                .filter(test -> test.verdict() == Verdict.PASSED)
                .count();
        long unchanged = results.tests().stream()
                .filter(test -> test.verdict() == Verdict.UNCHANGED)
                .count();
        if (unchanged == all) {
            return "Nothing was run: " + (all == 1 ? "the test is unchanged" : "all " + all + " tests are unchanged");
        }
        if (unchanged > 0) {
            return passed + " of " + ResultText.count(all, "test") + " passed, " + unchanged
                    + " unchanged, none failed unexpectedly";
        }
        return passed == all
                ? (all == 1 ? "The test passed" : "All " + all + " tests passed")
                : passed + " of " + ResultText.count(all, "test") + " passed, none failed unexpectedly";
    }

    static List<Count> counts(RunResults results) {
        Map<Verdict, Integer> numbers = new EnumMap<>(Verdict.class);
        results.tests().forEach(test -> numbers.merge(test.verdict(), 1, Integer::sum));
        return numbers.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> urgency(entry.getKey())))
                .map(entry ->
                        new Count(entry.getKey().text(), tone(entry.getKey()), sign(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** Return the order in which a reader wants to see verdicts, the smallest first. */
    private static int urgency(Verdict verdict) {
        return switch (verdict) {
            case INSTALL_FAILED -> 0;
            case BOOT_FAILED -> 1;
            case FAILED -> 2;
            case UNEXPECTED_PASS -> 3;
            case INFRASTRUCTURE -> 4;
            case EXPECTED_FAILURE -> 5;
            case PASSED -> 6;
            case UNCHANGED -> 7;
            case SKIPPED -> 8;
        };
    }

    /** Return the class of style that fits a verdict. */
    static String tone(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "good";
            case FAILED, INSTALL_FAILED, BOOT_FAILED, UNEXPECTED_PASS -> "bad";
            case INFRASTRUCTURE -> "trouble";
            case SKIPPED, UNCHANGED, EXPECTED_FAILURE -> "held";
        };
    }

    /** Return a character that says the same as the tone. */
    static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "✓";
            case FAILED, INSTALL_FAILED, BOOT_FAILED, UNEXPECTED_PASS -> "✗";
            case INFRASTRUCTURE -> "!";
            case UNCHANGED -> "=";
            case SKIPPED, EXPECTED_FAILURE -> "–";
        };
    }

    private static String resource(String name) {
        return TextResource.beside(HtmlReport.class, name);
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
