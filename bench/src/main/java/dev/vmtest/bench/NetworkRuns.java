package dev.vmtest.bench;

import dev.vmtest.result.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Run {@code SimpleTest} in turns with {@code NetworkPeerTest}, which has a peer at the other end of its network, and
 * compare the whole of both.
 */
final class NetworkRuns implements Benchmark {

    private static final String NETWORK_TEST = "NetworkPeerTest";

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 3;

    private static final double LIMIT = 1.25;

    /** Hold the results of one round. */
    record Turn(TestResult simple, TestResult network) {}

    @Override
    public String name() {
        return "network";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        laboratory.tell("SimpleTest once, so that there is a snapshot");
        var unused = VmtestRun.of(laboratory, "network-0", List.of());
        List<Turn> turns = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            Turn turn = new Turn(
                    VmtestRun.of(laboratory, "simple-" + number, List.of()),
                    VmtestRun.passed(VmtestRun.of(
                            laboratory, Side.ours(laboratory), "network-" + number, List.of(NETWORK_TEST), 1)));
            laboratory.tell(String.format(
                    Locale.ROOT,
                    "round %d: SimpleTest %.1f s, %s with its peer %.1f s",
                    number,
                    turn.simple().seconds(),
                    NETWORK_TEST,
                    turn.network().seconds()));
            turns.add(turn);
        }
        return entries(turns);
    }

    /** Return the claim about an odd number of turns. */
    static List<Entry> entries(List<Turn> turns) {
        return List.of(Entry.atMost(
                "network/simple",
                Median.of(turns.stream()
                        .map(turn -> turn.network().seconds() / turn.simple().seconds())
                        .toList()),
                LIMIT));
    }
}
