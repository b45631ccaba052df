package dev.vmtest.result;

import java.util.List;

/**
 * Record a whole run, as it is kept in {@code results.json}.
 *
 * @param vmtest the version of vmtest
 * @param started when the run began, ISO 8601 in UTC
 * @param seconds how long it took
 * @param accelerator what ran the guests
 * @param tests one result for each test and release
 * @param origin on what host it ran, and by which command
 */
public record RunResults(
        String vmtest,
        String started,
        double seconds,
        AcceleratorRecord accelerator,
        List<TestResult> tests,
        Origin origin) {

    /** Record a run of which nobody says where it ran. */
    public RunResults(
            String vmtest, String started, double seconds, AcceleratorRecord accelerator, List<TestResult> tests) {
        this(vmtest, started, seconds, accelerator, tests, Origin.UNKNOWN);
    }

    public RunResults {
        tests = List.copyOf(tests);
    }

    /**
     * Record which accelerator ran the guests.
     *
     * @param name {@code kvm} or {@code tcg}
     * @param reason why
     */
    public record AcceleratorRecord(String name, String reason) {}

    /**
     * Record where a run came from.
     *
     * @param host its name, system, processors and memory; empty if unknown
     * @param command the command line that started it; empty if it was none of ours
     */
    public record Origin(String host, String command) {

        /** Say nothing, as a run of an earlier version does. */
        public static final Origin UNKNOWN = new Origin("", "");
    }

    /** Return the exit status of a run with these results: the worst of its verdicts. */
    public int exitStatus() {
        return tests.stream()
                .mapToInt(test -> test.verdict().exitStatus())
                .max()
                .orElse(0);
    }
}
