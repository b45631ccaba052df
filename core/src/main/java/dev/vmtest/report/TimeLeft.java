package dev.vmtest.report;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Say how far a run is and how long it may still take, from how long its tests took before. */
final class TimeLeft {

    private final Set<String> announced = new LinkedHashSet<>();
    private final Set<String> finished = new LinkedHashSet<>();
    private final Map<String, Double> seconds = new HashMap<>();

    /** Add tests that are to come, with the times of those that are known. */
    void expect(List<String> titles, Map<String, Double> known) {
        announced.addAll(titles);
        seconds.putAll(known);
    }

    /** Take note that a test is done. */
    void finished(String title) {
        finished.add(title);
    }

    /** Return how long a test is expected to take, if it is known. */
    OptionalDouble expected(String title) {
        Double known = seconds.get(title);
        return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
    }

    /**
     * Return the line for all tests; empty if there is only one.
     *
     * @param running the tests that run, by title; they share what is left
     */
    Optional<String> line(Map<String, RunningTest> running, double now) {
        if (announced.size() < 2) {
            return Optional.empty();
        }
        List<String> waiting = announced.stream()
                .filter(title -> !finished.contains(title) && !running.containsKey(title))
                .toList();
        String left = seconds.isEmpty() ? "" : "; about " + Durations.clock(left(running, waiting, now)) + " left";
        return Optional.of(finished.size() + " of " + announced.size() + " tests done, " + running.size() + " running, "
                + waiting.size() + " waiting" + left);
    }

    /** A test that is not known takes as long as the known ones do on average. */
    private double left(Map<String, RunningTest> running, List<String> waiting, double now) {
        double average = seconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        List<Double> each = Stream.concat(
                        running.values().stream().map(test -> test.left(now, average)),
                        waiting.stream().map(title -> seconds.getOrDefault(title, average)))
                .toList();
        double all = each.stream().mapToDouble(Double::doubleValue).sum();
        double longest = each.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Math.max(longest, all / Math.max(1, running.size()));
    }
}
