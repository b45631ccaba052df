package dev.vmtest.run;

import java.util.List;

/**
 * Record a whole run, as it is kept in {@code results.json}.
 *
 * @param vmtest the version of vmtest
 * @param started when the run began, ISO 8601 in UTC
 * @param seconds how long it took
 * @param accelerator what ran the guests
 * @param tests one result for each test and release
 */
public record RunResults(
        String vmtest, String started, double seconds, AcceleratorRecord accelerator, List<TestResult> tests) {

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

    /** Return the exit status of a run with these results: the worst of its verdicts. */
    public int exitStatus() {
        return tests.stream()
                .mapToInt(test -> test.verdict().exitStatus())
                .max()
                .orElse(0);
    }
}
