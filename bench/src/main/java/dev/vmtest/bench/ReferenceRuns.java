package dev.vmtest.bench;

import dev.vmtest.result.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Run {@code SimpleTest} in turns as an earlier commit does and as this one does, with the emulator that it installs and
 * with the system's, and compare the first boots and the whole.
 */
final class ReferenceRuns implements Benchmark {

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 3;

    private static final double LIMIT = 0.5;
    private static final double LIMIT_WITH_THE_SAME_QEMU = 0.7;

    /** Hold the results of one round. */
    record Turn(TestResult reference, TestResult ours, TestResult oursWithTheSameQemu) {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        List<Side> sides =
                List.of(Side.reference(laboratory), Side.ours(laboratory), Side.oursWithTheSystemsQemu(laboratory));
        for (Side side : sides) {
            laboratory.tell("SimpleTest once, so that there is a snapshot: " + side.name());
            run(laboratory, side, 0);
        }
        List<Turn> turns = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            Turn turn = new Turn(
                    run(laboratory, sides.get(0), number),
                    run(laboratory, sides.get(1), number),
                    run(laboratory, sides.get(2), number));
            laboratory.tell(String.format(
                    Locale.ROOT,
                    "round %d: SimpleTest %.1f s reference, %.1f s ours, %.1f s ours with the same QEMU;"
                            + " first boot %.1f s, %.1f s, %.1f s",
                    number,
                    turn.reference().seconds(),
                    turn.ours().seconds(),
                    turn.oursWithTheSameQemu().seconds(),
                    LeanRuns.firstBoot(turn.reference()),
                    LeanRuns.firstBoot(turn.ours()),
                    LeanRuns.firstBoot(turn.oursWithTheSameQemu())));
            turns.add(turn);
        }
        return entries(turns);
    }

    private static TestResult run(Laboratory laboratory, Side side, int number) throws Exception {
        return VmtestRun.passed(
                VmtestRun.of(laboratory, side, "reference-" + side.name() + "-" + number, List.of("SimpleTest"), 1));
    }

    /** Return the claims about an odd number of turns. */
    static List<Entry> entries(List<Turn> turns) {
        return List.of(
                Entry.atMost("SimpleTest / reference", median(turns, Turn::ours, TestResult::seconds), LIMIT),
                Entry.atMost(
                        "SimpleTest / reference, same QEMU",
                        median(turns, Turn::oursWithTheSameQemu, TestResult::seconds),
                        LIMIT_WITH_THE_SAME_QEMU),
                Entry.atMost("first boot to data / reference", median(turns, Turn::ours, LeanRuns::firstBoot), LIMIT),
                Entry.atMost(
                        "first boot to data / reference, same QEMU",
                        median(turns, Turn::oursWithTheSameQemu, LeanRuns::firstBoot),
                        LIMIT_WITH_THE_SAME_QEMU));
    }

    private static double median(
            List<Turn> turns, Function<Turn, TestResult> measured, ToDoubleFunction<TestResult> seconds) {
        return Median.of(turns.stream()
                .map(turn -> seconds.applyAsDouble(measured.apply(turn)) / seconds.applyAsDouble(turn.reference()))
                .toList());
    }
}
