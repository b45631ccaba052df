package dev.vmtest.report;

import java.util.List;

/**
 * Hold what the page of a run shows, as text that only needs escaping.
 *
 * @param headline how the run ended, in a few words
 * @param tone the class of style that fits the run's ending
 * @param version the version of vmtest
 * @param started when the run began
 * @param duration how long it took; empty as long as it goes on
 * @param accelerator what ran the guests, and why
 * @param host what it ran on, or empty
 * @param command the command line, or empty
 * @param counts how many tests ended in each verdict
 * @param tests the tests, those that need a reader first
 * @param matrix where every test stands on every release
 * @param timeline when each test ran
 * @param live how a page stands that follows its run; empty for one that does not
 * @param style the style sheet
 * @param script the script
 * @param scriptHash the script's hash as Content Security Policy wants it
 */
record PageView(
        String headline,
        String tone,
        String version,
        String started,
        String duration,
        String accelerator,
        String host,
        String command,
        List<Count> counts,
        List<TestView> tests,
        Matrix matrix,
        Timeline timeline,
        String live,
        String style,
        String script,
        String scriptHash) {

    PageView {
        counts = List.copyOf(counts);
        tests = List.copyOf(tests);
    }

    /** Return what the browser is to allow: no script but the page's own, and nothing from elsewhere. */
    String policy() {
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '" + scriptHash + "'"
                + (live.isEmpty() ? "" : "; connect-src 'self'");
    }

    /** Hold how many tests ended in a verdict. */
    record Count(String verdict, String tone, String sign, int number) {}
}
