package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Put results into the sentences that the terminal and the reports share. */
final class ResultText {

    private static final int CHECKS_SHOWN = 10;
    private static final int CONTEXT_SHOWN = 8;
    private static final int CONTEXT_BEFORE = 4;
    private static final int SHORTEST_QUOTE = 5;

    /** How many lines from the bad one on may name the command. */
    private static final int COMMAND_WITHIN = 6;

    private static final Pattern COMMAND = Pattern.compile("\\bCommand: (\\S.*)$");

    /** The kernel's time and the program that spoke through it. */
    private static final Pattern LOG_PREFIX = Pattern.compile("\\[ *[0-9]+\\.[0-9]+\\] (\\S+\\[[0-9]+\\]: )?");

    private ResultText() {}

    /** Return the line that a run begins with: what runs the guests, and why. */
    static String beginning(AcceleratorRecord accelerator, int tests, String topdir) {
        return "accelerator " + accelerator(accelerator) + "; " + count(tests, "test") + "; results go to " + topdir;
    }

    /** Return the accelerator with its reason. */
    static String accelerator(AcceleratorRecord accelerator) {
        return Printable.line(accelerator.name())
                + (accelerator.reason().isBlank() ? "" : " (" + Printable.line(accelerator.reason()) + ")");
    }

    /** Return how many tests ended in each verdict, such as {@code 3 tests: 2 passed, 1 failed}. */
    static String counts(List<TestResult> tests) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        tests.forEach(test -> counts.merge(test.verdict(), 1, Integer::sum));
        return count(tests.size(), "test")
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().text())
                        .collect(Collectors.joining(", ", counts.isEmpty() ? "" : ": ", ""));
    }

    /** Return the last lines of a run. */
    static List<String> ending(RunResults results, String page) {
        List<String> lines = new ArrayList<>(UnjudgedLines.ofRun(results.tests()));
        lines.add(counts(results.tests()) + " in " + Durations.text(results.seconds()));
        lines.add("accelerator " + accelerator(results.accelerator()));
        lines.add("report " + page);
        return List.copyOf(lines);
    }

    /** Return whether a reader wants to know why a test ended so. */
    static boolean needsExplaining(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> false;
            case FAILED,
                    INSTALL_FAILED,
                    BOOT_FAILED,
                    INFRASTRUCTURE,
                    SKIPPED,
                    UNCHANGED,
                    EXPECTED_FAILURE,
                    UNEXPECTED_PASS -> true;
        };
    }

    /** Return whether a test was run, so that there is something to look at and to run again. */
    static boolean wasRun(Verdict verdict) {
        return verdict != Verdict.SKIPPED && verdict != Verdict.UNCHANGED;
    }

    /** Return the checks that do not hold. */
    static List<CheckRecord> failedChecks(TestResult result) {
        return result.checks().stream().filter(CheckRecord::hasFailed).toList();
    }

    /** Return what {@code 41 checks hold} or {@code 2 of 41 checks do not hold} says; empty without checks. */
    static String checkCounts(TestResult result) {
        int unjudged = count(result, CheckRecord.NOT_JUDGED);
        int all = result.checks().size() - unjudged;
        if (all + unjudged == 0) {
            return "";
        }
        int failed = failedChecks(result).size();
        int skipped = count(result, CheckRecord.SKIPPED);
        String counts =
                failed == 0 ? (all - skipped) + " checks hold" : failed + " of " + count(all, "check") + " failed";
        return counts
                + (skipped == 0 ? "" : ", " + skipped + " skipped")
                + (unjudged == 0 ? "" : ", " + unjudged + " not judged");
    }

    private static int count(TestResult result, String verdict) {
        return (int) result.checks().stream()
                .filter(check -> check.verdict().equals(verdict))
                .count();
    }

    /** Return a failed check with the place that asked for it. */
    static String check(CheckRecord check) {
        return (check.source().isBlank() ? "" : Printable.line(check.source()) + ": ")
                + Printable.line(check.name())
                + (check.message().isBlank() ? "" : ": " + Printable.line(check.message()));
    }

    /** Return why a test did not pass, where to look and how to run it again, line by line. */
    static List<String> explanation(TestResult result) {
        List<String> lines = new ArrayList<>();
        Evidence evidence = result.evidence();
        add(lines, "", evidence.summary());
        List<CheckRecord> failed = failedChecks(result);
        failed.stream().limit(CHECKS_SHOWN).forEach(check -> lines.add(check(check)));
        if (failed.size() > CHECKS_SHOWN) {
            lines.add("… and " + (failed.size() - CHECKS_SHOWN) + " more, in the report");
        }
        addContext(lines, evidence);
        add(lines, "class: ", failure(evidence));
        add(lines, "the command was ", failingCommand(evidence));
        add(lines, "machine: ", machineEnd(evidence));
        add(lines, "last event: ", evidence.lastEvent());
        if (wasRun(result.verdict())) {
            add(lines, "kept in ", result.directory());
            add(lines, "again: ", result.reproduce());
        }
        return lines;
    }

    /** Return what kind of failure it is and by what that is known; empty if nothing failed. */
    static String failure(Evidence evidence) {
        Failure failure = evidence.failure();
        if (!failure.happened()) {
            return "";
        }
        String sign = failure.sign();
        return failure.failureClass().text()
                + (sign.isEmpty() || evidence.summary().contains(sign) ? "" : ", by '" + sign + "'");
    }

    /** Return how the machine ended, or nothing where the sentence before says just that. */
    static String machineEnd(Evidence evidence) {
        return evidence.summary().contains(evidence.machineEnd()) ? "" : evidence.machineEnd();
    }

    /** Add the lines around the bad one, which gets a mark, or the last ones if none is known. */
    private static void addContext(List<String> lines, Evidence evidence) {
        List<String> context = evidence.context();
        int bad = badLine(evidence);
        int from = Math.min(bad < 0 ? context.size() : bad - CONTEXT_BEFORE, context.size() - CONTEXT_SHOWN);
        for (int index = Math.max(0, from);
                index < Math.min(context.size(), Math.max(0, from) + CONTEXT_SHOWN);
                index++) {
            lines.add((index == bad ? "> " : "| ") + Printable.line(context.get(index)));
        }
    }

    /**
     * Return which line of the evidence's context is the bad one, or -1.
     *
     * <p>If the evidence does not say, it is the first that its summary quotes.
     */
    static int badLine(Evidence evidence) {
        List<String> context = evidence.context();
        if (evidence.badLine() >= 0 && evidence.badLine() < context.size()) {
            return evidence.badLine();
        }
        for (int index = 0; index < context.size(); index++) {
            String line = context.get(index).strip();
            if (line.length() >= SHORTEST_QUOTE && evidence.summary().contains(line)) {
                return index;
            }
        }
        return -1;
    }

    /** Return one sentence that says why a test did not pass; empty if it did. */
    static String why(TestResult result) {
        if (!needsExplaining(result.verdict())) {
            return "";
        }
        List<CheckRecord> failed = failedChecks(result);
        String first = failed.isEmpty() ? "" : check(failed.get(0));
        String more = failed.size() > 1 ? " (and " + (failed.size() - 1) + " more)" : "";
        String summary = Printable.line(result.evidence().summary());
        boolean checksDecide = result.verdict() == Verdict.FAILED && !first.isEmpty();
        if (checksDecide || summary.isEmpty()) {
            return first + more;
        }
        String command = failingCommand(result.evidence());
        return LOG_PREFIX.matcher(summary).replaceAll("")
                + (command.isEmpty() || summary.contains(command) ? "" : "; the command was " + command);
    }

    /**
     * Return the command that failed, from the lines after the bad one; empty if none names it.
     *
     * <p>A ProcessExecutionError of curtin says so on a line of its own (curtin/util.py), below one that says nothing.
     */
    static String failingCommand(Evidence evidence) {
        int bad = badLine(evidence);
        List<String> context = evidence.context();
        return context.subList(Math.max(0, bad), Math.min(context.size(), Math.max(0, bad) + COMMAND_WITHIN)).stream()
                .map(COMMAND::matcher)
                .filter(Matcher::find)
                .map(line -> Printable.word(line.group(1)))
                .findFirst()
                .orElse("");
    }

    /**
     * Return the word of the phase that a test ended in, or empty if it ended well.
     *
     * <p>The verdict names it where it can; otherwise it is the last phase that ran.
     */
    static String endedIn(TestResult result) {
        String last = result.phases().isEmpty()
                ? Phase.PREPARE.text()
                : result.phases().get(result.phases().size() - 1).name();
        return switch (result.verdict()) {
            case PASSED, SKIPPED, UNCHANGED, UNEXPECTED_PASS -> "";
            case INSTALL_FAILED -> Phase.INSTALL.text();
            case BOOT_FAILED ->
                last.equals(Phase.COLLECT.text()) || last.equals(Phase.SECOND_BOOT.text()) ? last : Phase.BOOT.text();
            case FAILED -> Phase.CHECK.text();
            case INFRASTRUCTURE -> last;
            case EXPECTED_FAILURE -> failedChecks(result).isEmpty() ? last : Phase.CHECK.text();
        };
    }

    /** Return how a phase's guest was started, how long it took, and what of that each stage took. */
    static String time(PhaseResult phase) {
        String way = phase.way().isBlank() ? "" : " (" + Printable.line(phase.way()) + ")";
        return Printable.line(phase.name())
                + way
                + " took "
                + Durations.text(phase.seconds())
                + phase.stages().stream()
                        .map(stage -> Printable.line(stage.name()) + " " + Durations.text(stage.seconds()))
                        .collect(Collectors.joining(", ", phase.stages().isEmpty() ? "" : ": ", ""));
    }

    /** Return {@link #time} of each phase that has stages. */
    static List<String> times(TestResult result) {
        return result.phases().stream()
                .filter(phase -> !phase.stages().isEmpty())
                .map(ResultText::time)
                .toList();
    }

    /** Return a number with its noun in the right form. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static void add(List<String> lines, String label, String text) {
        if (!text.isBlank()) {
            lines.add(label + Printable.line(text));
        }
    }
}
