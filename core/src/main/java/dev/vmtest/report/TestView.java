package dev.vmtest.report;

import dev.vmtest.result.Announced;
import java.util.List;

/**
 * Hold what the page of a run shows of one test, as text that only needs escaping.
 *
 * @param id names the test within the page
 * @param tone the class of style that fits the verdict
 * @param sign a character that says the same as the tone
 * @param open whether the test's part of the page is open at first
 * @param unfinished whether it has not ended yet
 * @param explained whether there is evidence to show
 * @param warnings what decided nothing but should be known
 * @param notJudged what the configuration asks for and no check holds, each with its place
 * @param asked the files that ask for something, each line with its checks
 * @param layout the drawing of what stands on what, as a data URI; empty if it is not kept
 * @param network the drawing of the network, likewise
 * @param sinceLastPass what has changed since the test last passed
 */
record TestView(
        String id,
        String name,
        String release,
        String installer,
        String verdict,
        String tone,
        String sign,
        String duration,
        String why,
        String checkCounts,
        boolean open,
        boolean unfinished,
        boolean explained,
        EvidenceView evidence,
        List<String> warnings,
        List<String> notJudged,
        List<String> sinceLastPass,
        List<Segment> phases,
        List<CheckView> failedChecks,
        List<CheckView> otherChecks,
        String otherChecksLabel,
        List<AskedText.File> asked,
        String layout,
        String network,
        List<ConsoleExcerpt> consoles,
        List<Link> links,
        String reproduce) {

    /**
     * Show a test that has not ended.
     *
     * @param state what it does instead, a word
     * @param why how far it is, or empty
     */
    static TestView unfinished(String id, Announced test, String state, String sign, String seconds, String why) {
        return new TestView(
                id,
                test.name(),
                test.release(),
                test.installer(),
                state,
                "live",
                sign,
                seconds,
                why,
                "",
                false,
                true,
                false,
                new EvidenceView("", List.of(), "", "", "", ""),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                "",
                "",
                List.of(),
                List.of(),
                "");
    }

    /** Hold what shows why a test ended so. */
    record EvidenceView(
            String summary,
            List<ConsoleExcerpt.Piece> context,
            String phase,
            String failure,
            String machineEnd,
            String lastEvent) {}

    /**
     * Hold a part of a test's time.
     *
     * @param caption its name if the bar has room for it, or empty
     * @param share its part of the bar, as a CSS number
     * @param label its name and time
     * @param guest how long a guest ran in it
     * @param way how the guest was started, and why so, or empty
     * @param stages its own parts
     */
    record Segment(
            String name,
            String caption,
            String share,
            String duration,
            String guest,
            String label,
            String way,
            List<Segment> stages) {}

    /** Hold a link to a kept file. */
    record Link(String label, String href) {}
}
