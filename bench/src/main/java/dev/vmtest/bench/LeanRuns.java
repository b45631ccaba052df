package dev.vmtest.bench;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Run {@code SimpleTest} in turns with the plain image and with ours, with the same installer, machine and checks, and
 * compare its first boots and the whole of it.
 */
final class LeanRuns implements Benchmark {

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 3;

    private static final double FIRST_BOOT_LIMIT = 0.5;
    private static final double WHOLE_LIMIT = 0.55;

    private static final List<String> LEAN =
            List.of("--variant", ImageVariant.GENERIC.subarch(), "--fidelity", Fidelity.RESUME.text());

    /** Hold the results of one round. */
    record Round(TestResult plain, TestResult lean) {

        private double ratio(ToDoubleFunction<TestResult> seconds) {
            return seconds.applyAsDouble(lean) / seconds.applyAsDouble(plain);
        }
    }

    @Override
    public String name() {
        return "lean";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        laboratory.tell("SimpleTest once, so that there is a snapshot");
        var unused = VmtestRun.of(laboratory, "lean-0", LEAN);
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            Round round = new Round(
                    VmtestRun.of(
                            laboratory,
                            "plain-" + number,
                            List.of("--variant", ImageVariant.PLAIN.subarch(), "--fidelity", Fidelity.FULL.text())),
                    VmtestRun.of(laboratory, "lean-" + number, LEAN));
            laboratory.tell(String.format(
                    Locale.ROOT,
                    "round %d: first boot %.1f s plain, %.1f s lean; SimpleTest %.1f s plain, %.1f s lean",
                    number,
                    firstBoot(round.plain()),
                    firstBoot(round.lean()),
                    round.plain().seconds(),
                    round.lean().seconds()));
            rounds.add(round);
        }
        return entries(rounds);
    }

    /** Return the claims about an odd number of rounds. */
    static List<Entry> entries(List<Round> rounds) {
        return List.of(
                Entry.atMost(
                        "first boot to data on the disk, lean / plain target",
                        median(rounds, LeanRuns::firstBoot),
                        FIRST_BOOT_LIMIT),
                Entry.atMost(
                        "SimpleTest, resumed and lean / plain full way",
                        median(rounds, TestResult::seconds),
                        WHOLE_LIMIT));
    }

    /** The machine powers off once its data is on the disk. */
    static double firstBoot(TestResult test) {
        return test.phases().stream()
                .filter(phase -> phase.name().equals(Phase.BOOT.text()))
                .mapToDouble(PhaseResult::vmSeconds)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(test.title() + " has no first boot"));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<TestResult> seconds) {
        return Median.of(rounds.stream().map(round -> round.ratio(seconds)).toList());
    }
}
