package dev.vmtest.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Hold what one round of a comparison measured.
 *
 * @param reference what is compared with
 * @param measured what the claim is about
 */
record Round(SeedBoot.Moments reference, SeedBoot.Moments measured) {

    /** Return the median over an odd number of rounds of a moment's ratio, measured to reference. */
    static double median(List<Round> rounds, ToDoubleFunction<SeedBoot.Moments> moment) {
        return Median.of(rounds.stream()
                .map(round -> moment.applyAsDouble(round.measured) / moment.applyAsDouble(round.reference))
                .toList());
    }

    /** Return one line for people. */
    String line(int number, String referenceName, String measuredName) {
        return String.format(
                Locale.ROOT,
                "round %d: fetched after %.1f s %s, %.1f s %s; started after %.1f s %s, %.1f s %s",
                number,
                reference.fetched(),
                referenceName,
                measured.fetched(),
                measuredName,
                reference.started(),
                referenceName,
                measured.started(),
                measuredName);
    }
}
