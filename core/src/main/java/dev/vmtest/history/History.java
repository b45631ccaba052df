package dev.vmtest.history;

import dev.vmtest.history.HistoryEntry.Subject;
import dev.vmtest.result.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Know how tests ended on this host, and say from it what is to be expected.
 *
 * @param entries one for each test that ended, oldest first
 */
public record History(List<HistoryEntry> entries) {

    /** Nothing is known. */
    public static final History EMPTY = new History(List.of());

    /** How many of the last times count for what is expected: the host and the tests change. */
    private static final int LAST_TIMES = 5;

    public History {
        entries = List.copyOf(entries);
    }

    /** Return the entries of each subject, the subjects in the order of their names. */
    public Map<Subject, List<HistoryEntry>> bySubject() {
        Map<Subject, List<HistoryEntry>> found = new LinkedHashMap<>();
        entries.stream()
                .sorted(Comparator.comparing(HistoryEntry::test)
                        .thenComparing(HistoryEntry::release)
                        .thenComparing(HistoryEntry::installer)
                        .thenComparing(HistoryEntry::at))
                .forEach(entry -> found.computeIfAbsent(entry.subject(), any -> new ArrayList<>())
                        .add(entry));
        return found;
    }

    /** Return how long each subject is expected to take: the median of the last times in which it was judged. */
    public Map<Subject, Double> expectedSeconds() {
        Map<Subject, Double> expected = new HashMap<>();
        bySubject()
                .forEach((subject, all) -> median(all.stream()
                                .filter(History::tookItsTime)
                                .map(HistoryEntry::seconds)
                                .toList())
                        .ifPresent(seconds -> expected.put(subject, seconds)));
        return expected;
    }

    /** What was skipped, or ended by the host, says nothing about how long a test takes. */
    private static boolean tookItsTime(HistoryEntry entry) {
        return switch (entry.verdict()) {
            case PASSED, FAILED, EXPECTED_FAILURE, UNEXPECTED_PASS -> true;
            case INSTALL_FAILED, BOOT_FAILED, INFRASTRUCTURE, SKIPPED, UNCHANGED -> false;
        };
    }

    /** Return the median of the last of some times; empty if there are none. */
    public static OptionalDouble median(List<Double> seconds) {
        List<Double> last = seconds.subList(Math.max(0, seconds.size() - LAST_TIMES), seconds.size()).stream()
                .sorted()
                .toList();
        if (last.isEmpty()) {
            return OptionalDouble.empty();
        }
        int middle = last.size() / 2;
        return OptionalDouble.of(
                last.size() % 2 == 1 ? last.get(middle) : (last.get(middle - 1) + last.get(middle)) / 2);
    }

    /**
     * Return how each subject last passed before a moment, if the directory of that run is known.
     *
     * @param moment in seconds since the epoch
     */
    public Map<Subject, HistoryEntry> lastPassesBefore(double moment) {
        Map<Subject, HistoryEntry> last = new HashMap<>();
        entries.stream()
                .filter(entry -> entry.verdict() == Verdict.PASSED
                        && entry.at() < moment
                        && !entry.topdir().isEmpty())
                .forEach(entry ->
                        last.merge(entry.subject(), entry, (one, other) -> one.at() > other.at() ? one : other));
        return last;
    }

    /** Return which run was the last, by when it began; empty if there was none. */
    public Optional<String> lastRun() {
        return entries.stream().map(HistoryEntry::run).max(Comparator.naturalOrder());
    }

    /** Return what failed in the last run; a subject that it ran several times failed if it did so once. */
    public Set<Subject> failedInTheLastRun() {
        Set<Subject> failed = new HashSet<>();
        lastRun()
                .ifPresent(run -> entries.stream()
                        .filter(entry -> entry.run().equals(run) && entry.hasFailed())
                        .map(HistoryEntry::subject)
                        .forEach(failed::add));
        return failed;
    }
}
