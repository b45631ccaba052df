package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Say what configurations ask for and no check holds, each place once and only so many of them. */
final class UnjudgedLines {

    private static final int MOST_AT_THE_END = 5;
    private static final int MOST_OF_A_TEST = 20;
    private static final String MARK = "not judged: ";

    private UnjudgedLines() {}

    /** Return lines for the end of a run; empty if checks hold all that was asked for. */
    static List<String> ofRun(List<TestResult> tests) {
        List<String> all = all(tests);
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("passed says nothing of what no check holds:");
        lines.addAll(bounded(all, MOST_AT_THE_END, "in the report"));
        return List.copyOf(lines);
    }

    /** Return lines for the page of one test. */
    static List<String> ofTest(TestResult test) {
        return bounded(all(List.of(test)), MOST_OF_A_TEST, "in result.json");
    }

    private static List<String> all(List<TestResult> tests) {
        return tests.stream()
                .flatMap(test -> test.checks().stream())
                .filter(CheckRecord::isNotJudged)
                .map(UnjudgedLines::line)
                .distinct()
                .toList();
    }

    /** An element that the installer does not promise has a name; a section's line says itself what it is about. */
    private static String line(CheckRecord check) {
        String message = Printable.line(check.message());
        boolean isNamed = !check.name().equals(CheckRecord.UNNAMED) && message.startsWith(MARK);
        return Printable.line(check.source())
                + ": "
                + (isNamed ? MARK + Printable.line(check.name()) + ": " + message.substring(MARK.length()) : message);
    }

    private static List<String> bounded(List<String> all, int most, String where) {
        if (all.size() <= most) {
            return all;
        }
        List<String> shown = new ArrayList<>(all.subList(0, most));
        shown.add("… and " + (all.size() - most) + " more, " + where);
        return List.copyOf(shown);
    }
}
