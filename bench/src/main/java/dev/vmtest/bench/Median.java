package dev.vmtest.bench;

import java.util.List;

/** The middle of what several rounds measured: one round that was disturbed does not move it. */
final class Median {

    private Median() {}

    /** Return the middle of an odd number of values, so that it is one that was measured. */
    static double of(List<Double> values) {
        if (values.size() % 2 == 0) {
            throw new IllegalArgumentException(values.size() + " values have no middle one");
        }
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
