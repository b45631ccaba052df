package dev.vmtest.cli;

import dev.vmtest.history.History;
import dev.vmtest.history.HistoryEntry;
import dev.vmtest.history.HistoryEntry.PhaseSeconds;
import dev.vmtest.history.HistoryEntry.Subject;
import dev.vmtest.result.Verdict;
import dev.vmtest.session.RunHistory;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Show how tests ended on this host, and how long they took. */
@Command(
        name = "history",
        description = {
            "Shows how tests ended on this host and how long they took: the median of the last five times, whole and"
                    + " for each phase.",
            "",
            "Runs are remembered in a file (CURTIN_VMTEST_HISTORY). From it come the order of a run without names,"
                    + " the time that is left on the terminal, and 'vmtest run --failed'.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class HistoryCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "TEST", arity = "0..*", description = "Only tests of these names.")
    private List<String> names = List.of();

    @Option(
            names = "--each",
            description = "Show each time that a test ran, oldest first, instead of one line for all.")
    private boolean each;

    HistoryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        RunHistory remembered = RunHistory.of(invocation.environment());
        History history = remembered.read();
        Map<Subject, List<HistoryEntry>> subjects = history.bySubject();
        requireKnown(subjects.keySet());
        if (subjects.isEmpty()) {
            invocation
                    .out()
                    .println("no run is remembered"
                            + remembered.path().map(path -> " in " + path).orElse(""));
            return ExitStatus.SUCCESS;
        }
        subjects.forEach((subject, entries) -> {
            if (names.isEmpty() || names.contains(subject.test())) {
                show(subject, entries);
            }
        });
        return ExitStatus.SUCCESS;
    }

    private void requireKnown(Set<Subject> known) {
        List<String> unknown = names.stream()
                .filter(name ->
                        known.stream().noneMatch(subject -> subject.test().equals(name)))
                .map(name -> "no run of a test '" + name + "' is remembered")
                .toList();
        if (!unknown.isEmpty()) {
            throw new UsageException(unknown);
        }
    }

    private void show(Subject subject, List<HistoryEntry> entries) {
        if (each) {
            entries.forEach(entry -> invocation
                    .out()
                    .println(Instant.ofEpochSecond((long) entry.at()) + "  " + subject + "  "
                            + entry.verdict().text()
                            + (entry.hasFailed() ? " (" + entry.failureClass().text() + ")" : "")
                            + "  " + seconds(entry.seconds()) + phases(List.of(entry))));
            return;
        }
        long passed = entries.stream()
                .filter(entry -> entry.verdict() == Verdict.PASSED)
                .count();
        HistoryEntry last = entries.get(entries.size() - 1);
        invocation
                .out()
                .println(subject + "  passed " + passed + " of " + entries.size() + "  last "
                        + last.verdict().text() + "  "
                        + median(entries.stream().map(HistoryEntry::seconds).toList())
                        + phases(entries));
    }

    private static String phases(List<HistoryEntry> entries) {
        Set<String> words = entries.stream()
                .flatMap(entry -> entry.phases().stream())
                .map(PhaseSeconds::phase)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return words.stream()
                .map(word -> word + " "
                        + median(entries.stream()
                                .flatMap(entry -> entry.phases().stream())
                                .filter(phase -> phase.phase().equals(word))
                                .map(PhaseSeconds::seconds)
                                .toList()))
                .collect(Collectors.joining(", ", words.isEmpty() ? "" : " (", words.isEmpty() ? "" : ")"));
    }

    private static String median(List<Double> times) {
        return seconds(History.median(times).orElse(0));
    }

    private static String seconds(double time) {
        return String.format(Locale.ROOT, "%.1f s", time);
    }
}
