package dev.vmtest.cli;

import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Count how tests end that are run several times. */
final class Repetitions {

    /** More times than anybody waits for. */
    static final int MOST = 10_000;

    private final int times;
    private final Map<String, Map<Verdict, Integer>> verdicts = new TreeMap<>();
    private int worst;

    /**
     * Begin to count.
     *
     * @param times how often everything is run
     */
    Repetitions(int times) {
        this.times = times;
    }

    /** Return an environment in which each time has a topdir and a log of its own. */
    static Map<String, String> environment(Map<String, String> environment, int number) {
        Settings settings = Settings.read(environment);
        Map<String, String> own = new HashMap<>(environment);
        settings.find(SettingsTable.TOPDIR)
                .ifPresent(topdir -> own.put(
                        SettingsTable.TOPDIR.name(),
                        topdir.resolve(String.valueOf(number)).toString()));
        settings.find(SettingsTable.LOG).ifPresent(log -> own.put(SettingsTable.LOG.name(), log + "." + number));
        return own;
    }

    void add(RunResults results) {
        for (TestResult test : results.tests()) {
            verdicts.computeIfAbsent(test.title(), any -> new EnumMap<>(Verdict.class))
                    .merge(test.verdict(), 1, Integer::sum);
        }
        worst = Math.max(worst, results.exitStatus());
    }

    /** Return how often each test passed, and how it ended otherwise. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        verdicts.forEach((title, counts) -> {
            int passed = counts.getOrDefault(Verdict.PASSED, 0);
            String others = counts.entrySet().stream()
                    .filter(count -> count.getKey() != Verdict.PASSED)
                    .map(count -> count.getValue() + " " + count.getKey().text())
                    .collect(Collectors.joining(", "));
            lines.add(title + " passed " + passed + " of " + times + " times"
                    + (others.isEmpty() ? "" : " (" + others + ")"));
        });
        return List.copyOf(lines);
    }

    /** Return the status of a run that ended in all of these verdicts: the worst, as of one run. */
    int exitStatus() {
        return worst;
    }
}
