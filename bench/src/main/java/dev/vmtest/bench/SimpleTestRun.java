package dev.vmtest.bench;

import dev.vmtest.result.TestResult;
import java.util.List;

/**
 * Run {@code SimpleTest} by the command that a user types, with an image that is there already, and read its
 * {@code results.json}.
 */
final class SimpleTestRun implements Benchmark {

    /** The seconds a test that are not a guest's: reading, preparing, judging, reporting. */
    private static final double OUTSIDE_LIMIT = 2;

    /**
     * What curtin's Python harness with curtin took for one class on the machine on which this was planned: 2 cores,
     * QEMU 7.2, TCG, one virtual CPU (with two it took 307.6 s). Its class had three partitions and a second disk;
     * docs/benchmarks.md says what follows.
     */
    private static final double PYTHON_HARNESS_SECONDS = 384.7;

    private static final double HARNESS_LIMIT = 0.5;

    @Override
    public String name() {
        return "simple-test";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        return entries(VmtestRun.of(laboratory, "simple-test", List.of()));
    }

    /** Return what the result of a test says. */
    static List<Entry> entries(TestResult test) {
        return List.of(
                Entry.atMost("seconds outside running guests per test", test.overheadSeconds(), OUTSIDE_LIMIT),
                Entry.atMost(
                        "SimpleTest / Python harness with curtin",
                        test.seconds() / PYTHON_HARNESS_SECONDS,
                        HARNESS_LIMIT));
    }
}
