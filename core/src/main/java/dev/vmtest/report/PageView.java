package dev.vmtest.report;

import java.util.List;

/**
 * Hold what the page of a run shows, as text that only needs escaping.
 *
 * @param title how the run ended
 * @param about the run
 * @param counts how many tests ended in each verdict
 * @param tests the tests, those that need a reader first
 * @param overview all tests at a glance
 * @param live how a page stands that follows its run; empty for one that does not
 * @param dress what makes it look and act as it does
 */
record PageView(
        Title title,
        About about,
        List<Count> counts,
        List<TestView> tests,
        Overview overview,
        String live,
        Dress dress) {

    PageView {
        counts = List.copyOf(counts);
        tests = List.copyOf(tests);
    }

    /** Return what the browser is to allow: no script but the page's own, and nothing from elsewhere. */
    String policy() {
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '" + dress.scriptHash() + "'"
                + (live.isEmpty() ? "" : "; connect-src 'self'");
    }

    /**
     * Say how a run ended.
     *
     * @param headline in a few words
     * @param tone the class of style that fits
     */
    record Title(String headline, String tone) {}

    /**
     * Say what a run was.
     *
     * @param version the version of vmtest
     * @param started when it began
     * @param duration how long it took; empty as long as it goes on
     * @param accelerator what ran the guests, and why
     * @param host what it ran on, or empty
     * @param command the command line, or empty
     */
    record About(String version, String started, String duration, String accelerator, String host, String command) {}

    /**
     * Show all tests at a glance.
     *
     * @param matrix where every test stands on every release
     * @param timeline when each test ran
     */
    record Overview(Matrix matrix, Timeline timeline) {}

    /**
     * Hold what makes a page look and act as it does.
     *
     * @param style the style sheet
     * @param script the script
     * @param scriptHash the script's hash as Content Security Policy wants it
     */
    record Dress(String style, String script, String scriptHash) {}

    /** Hold how many tests ended in a verdict. */
    record Count(String verdict, String tone, String sign, int number) {}
}
