package dev.vmtest.bench;

import dev.vmtest.result.RunResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Run the ten storage tests of {@link TenTests} as a user would, two at a time, and one after another with two processors
 * and install environments that are booted in full. The first run also tells what the JVM costs beside its guests, and
 * whether processors stood idle while tests remained.
 */
final class StorageTests implements Benchmark {

    private static final int AT_A_TIME = 2;
    private static final double LIMIT = 0.4;
    private static final double LEAST_BUSY = 0.9;
    private static final double MOST_FOR_THE_HARNESS = 0.03;

    @Override
    public String name() {
        return "storage-tests";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        VmtestRun.Watched together = VmtestRun.watched(
                laboratory,
                Side.ours(laboratory).withCpus(Laboratory.CPUS),
                "storage-together",
                // When each test began is in its log, which a test that passed does not keep by itself.
                tests("--keep", "logs"),
                AT_A_TIME);
        RunResults quick = TenTests.complete(together.results(), TenTests.TESTS);
        double busy = BusyProcessors.share(BusyProcessors.spans(together.topdir(), quick), AT_A_TIME);
        double harness = together.use().ownShare();
        laboratory.tell(String.format(Locale.ROOT, "two at a time: busy %.3f, the JVM %.3f", busy, harness));
        RunResults slow = TenTests.complete(
                VmtestRun.of(
                        laboratory,
                        Side.ours(laboratory).withCpus(2),
                        "storage-one-by-one",
                        tests("--fidelity", "full"),
                        1),
                TenTests.TESTS);
        laboratory.tell(String.format(
                Locale.ROOT,
                "ten storage tests: %.1f s two at a time, %.1f s one after another in full",
                quick.seconds(),
                slow.seconds()));
        return entries(quick.seconds() / slow.seconds(), busy, harness);
    }

    private static List<String> tests(String... options) {
        List<String> words = new ArrayList<>(TenTests.TESTS);
        words.addAll(List.of(options));
        return words;
    }

    /** Return the claims about the two runs. */
    static List<Entry> entries(double ratio, double busy, double harness) {
        return List.of(
                Entry.atMost("ten storage tests / one by one in full", ratio, LIMIT),
                Entry.atLeast("processors busy while tests remain", busy, LEAST_BUSY),
                Entry.atMost("the JVM's CPU seconds / its guests'", harness, MOST_FOR_THE_HARNESS));
    }
}
