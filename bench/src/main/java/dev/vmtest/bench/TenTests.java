package dev.vmtest.bench;

import dev.vmtest.result.RunResults;
import dev.vmtest.result.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Run ten different tests of the suite, two at a time, as an earlier commit does and as this one does, and compare the
 * whole. One round is enough: it is a mean over ten tests already, and takes half an hour.
 */
final class TenTests implements Benchmark {

    /** One of each kind: plain, UEFI, logical volumes, arrays, encryption, bcache, paths, SCSI, NVMe, no partitions. */
    static final List<String> TESTS = List.of(
            "SimpleTest",
            "UefiBasicTest",
            "LvmTest",
            "MirrorbootTest",
            "CryptRootTest",
            "BcacheBasicTest",
            "MultipathBasicTest",
            "BasicScsiTest",
            "NvmeTest",
            "AllInDataTest");

    private static final int AT_A_TIME = 2;
    private static final double LIMIT = 0.55;
    private static final double LIMIT_WITH_THE_SAME_QEMU = 0.75;

    @Override
    public String name() {
        return "ten-tests";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        RunResults reference = run(laboratory, Side.reference(laboratory));
        RunResults ours = run(laboratory, Side.ours(laboratory));
        RunResults sameQemu = run(laboratory, Side.oursWithTheSystemsQemu(laboratory));
        laboratory.tell(String.format(
                Locale.ROOT,
                "ten tests: %.1f s reference, %.1f s ours, %.1f s ours with the same QEMU",
                reference.seconds(),
                ours.seconds(),
                sameQemu.seconds()));
        return entries(reference, ours, sameQemu);
    }

    /** Return the claims about three runs of the same tests. */
    static List<Entry> entries(RunResults reference, RunResults ours, RunResults sameQemu) {
        return List.of(
                Entry.atMost("ten tests, two at a time / reference", ours.seconds() / reference.seconds(), LIMIT),
                Entry.atMost(
                        "ten tests, two at a time / reference, same QEMU",
                        sameQemu.seconds() / reference.seconds(),
                        LIMIT_WITH_THE_SAME_QEMU));
    }

    private static RunResults run(Laboratory laboratory, Side side) throws Exception {
        return complete(VmtestRun.of(laboratory, side, "ten-" + side.name(), TESTS, AT_A_TIME), TESTS);
    }

    /**
     * Return a run of which each test passed.
     *
     * @throws IllegalStateException if one did not: a failure is fast
     */
    static RunResults complete(RunResults results, List<String> wanted) {
        List<String> others = results.tests().stream()
                .filter(test -> test.verdict() != Verdict.PASSED)
                .map(test -> test.title() + ": " + test.verdict().text())
                .toList();
        if (results.tests().size() != wanted.size() || !others.isEmpty()) {
            throw new IllegalStateException(wanted.size() + " tests that passed were expected, not "
                    + results.tests().size() + others);
        }
        return results;
    }
}
