package dev.vmtest.plan;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.qemu.QemuArguments;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimate what a test needs of whatever host it runs on, by what is known without that host: it may have to emulate the
 * guest.
 */
public final class Needs {

    /**
     * What a test takes on disk, in bytes: an installed Debian has 0.7 GB, its first boot a little more; a test that asks
     * for more says so by failing.
     */
    public static final long DISK = 2L << 30;

    /** The JVM with its buffers, in MiB; the tools that it calls are small. */
    private static final int HARNESS_MEMORY = 512;

    /** Preparing, collecting, checking and the report, in seconds; a snapshot that is made first is the longest of it. */
    private static final int BESIDE_GUESTS = 900;

    /** What one of the suite's storage tests takes under emulation on two processors (docs/benchmarks.md), in seconds. */
    private static final double USUAL_SECONDS = 80;

    private static final Accelerator EMULATION = Accelerator.tcg("as where KVM does not work");

    private final Map<String, Double> expected;
    private final Map<String, Double> earlier = new HashMap<>();

    /**
     * Estimate by what earlier runs measured.
     *
     * @param expected by title, what is expected of tests of which the runs know nothing
     * @param runs earlier runs, the older first; none takes what is usual
     */
    public Needs(Map<String, Double> expected, List<RunResults> runs) {
        this.expected = Map.copyOf(expected);
        runs.stream()
                .flatMap(run -> run.tests().stream())
                .filter(test -> test.verdict() != Verdict.SKIPPED
                        && test.verdict() != Verdict.UNCHANGED
                        && test.verdict() != Verdict.INFRASTRUCTURE)
                .forEach(test -> earlier.put(key(test), test.seconds()));
    }

    /** Return what a test needs. */
    public UnitNeeds of(TestCase test) {
        long guests = test.installTimeout().plus(test.bootTimeout()).toSeconds();
        boolean isSkipped = !test.skipReason().isEmpty();
        return new UnitNeeds(
                test.machine().cpus(),
                QemuArguments.hostMemory(test.machine(), EMULATION) + HARNESS_MEMORY,
                DISK >> 20,
                Math.round(guests * EMULATION.timeoutScale()) + BESIDE_GUESTS,
                isSkipped
                        ? 0
                        : earlier.getOrDefault(
                                test.title() + " " + test.installerName(),
                                expected.getOrDefault(test.title(), USUAL_SECONDS)));
    }

    private static String key(TestResult test) {
        return test.title() + " " + test.installer();
    }
}
