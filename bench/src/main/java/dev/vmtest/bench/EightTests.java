package dev.vmtest.bench;

import java.util.List;

/** Run eight tests at once, on however few processors there are, and look at how much memory the JVM holds. */
final class EightTests implements Benchmark {

    private static final int AT_A_TIME = 8;
    private static final double MOST_MEGABYTES = 300;

    @Override
    public String name() {
        return "eight-tests";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        List<String> tests = TenTests.TESTS.subList(0, AT_A_TIME);
        VmtestRun.Watched run = VmtestRun.watched(
                laboratory,
                Side.ours(laboratory).withCpus(Laboratory.CPUS).withProcessors(AT_A_TIME),
                "eight-at-once",
                tests,
                AT_A_TIME);
        var unused = TenTests.complete(run.results(), tests);
        return List.of(entry(run.use()));
    }

    /** Return the claim about the run's process. */
    static Entry entry(ProcessUse use) {
        return Entry.atMost("resident with eight tests at once, MB", use.residentMegabytes(), MOST_MEGABYTES);
    }
}
