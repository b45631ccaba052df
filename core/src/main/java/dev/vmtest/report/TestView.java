package dev.vmtest.report;

import dev.vmtest.result.Announced;
import java.util.List;

/**
 * Hold what the page of a run shows of one test, as text that only needs escaping.
 *
 * @param id names the test within the page
 * @param heading what its row says
 * @param standing how it ended, or what it does
 * @param explanation why it ended so
 * @param course what happened in it
 * @param checks what was held, and against what
 * @param kept what it left
 */
record TestView(
        String id,
        Heading heading,
        Standing standing,
        Explanation explanation,
        Course course,
        Checks checks,
        Kept kept) {

    /**
     * Show a test that has not ended.
     *
     * @param standing what it does instead
     * @param why how far it is, or empty
     */
    static TestView unfinished(String id, Announced test, Standing standing, String seconds, String why) {
        return new TestView(
                id,
                new Heading(test.name(), test.release(), test.installer(), seconds, why, ""),
                standing,
                new Explanation(false, true, false, new EvidenceView("", List.of(), "", "", "", ""), List.of()),
                new Course(List.of(), List.of(), List.of(), ""),
                new Checks(List.of(), List.of(), "", List.of()),
                new Kept("", "", List.of(), List.of()));
    }

    /**
     * Hold what is said of a test in its row.
     *
     * @param duration how long it took
     * @param why it ended so, in a sentence, or empty
     * @param checkCounts how many checks hold, or empty
     */
    record Heading(String name, String release, String installer, String duration, String why, String checkCounts) {}

    /**
     * Explain how a test ended.
     *
     * @param open whether the test's part of the page is open at first
     * @param unfinished whether it has not ended yet
     * @param explained whether there is evidence to show
     * @param sinceLastPass what has changed since the test last passed
     */
    record Explanation(
            boolean open, boolean unfinished, boolean explained, EvidenceView evidence, List<String> sinceLastPass) {

        Explanation {
            sinceLastPass = List.copyOf(sinceLastPass);
        }
    }

    /**
     * Tell what happened in a test.
     *
     * @param warnings what decided nothing but should be known
     * @param notJudged what the configuration asks for and no check holds, each with its place
     * @param reproduce the command that runs it again, or empty
     */
    record Course(List<Segment> phases, List<String> warnings, List<String> notJudged, String reproduce) {

        Course {
            phases = List.copyOf(phases);
            warnings = List.copyOf(warnings);
            notJudged = List.copyOf(notJudged);
        }
    }

    /**
     * Hold the checks of a test.
     *
     * @param othersLabel how many others hold, in words
     * @param asked the files that ask for something, each line with its checks
     */
    record Checks(List<CheckView> failed, List<CheckView> others, String othersLabel, List<AskedText.File> asked) {

        Checks {
            failed = List.copyOf(failed);
            others = List.copyOf(others);
            asked = List.copyOf(asked);
        }
    }

    /**
     * Hold what a test left.
     *
     * @param layout the drawing of what stands on what, as a data URI; empty if it is not kept
     * @param network the drawing of the network, likewise
     */
    record Kept(String layout, String network, List<ConsoleExcerpt> consoles, List<Link> links) {

        Kept {
            consoles = List.copyOf(consoles);
            links = List.copyOf(links);
        }
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
            String way,
            List<Segment> stages) {

        /** Return its name and time. */
        String label() {
            return name + " " + duration;
        }
    }

    /** Hold a link to a kept file. */
    record Link(String label, String href) {}
}
