package dev.vmtest.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Hold one measured claim, as it stands in {@code bench.json}.
 *
 * @param name what was measured, with its unit
 * @param value what it came to, to three decimal places
 * @param limit what it may come to
 * @param atLeast whether the limit is a floor; otherwise it is a ceiling, and JSON leaves this out
 */
@JsonPropertyOrder({"name", "value", "limit", "atLeast"})
record Entry(
        String name,
        double value,
        double limit,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean atLeast) {

    Entry {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " came to " + value + ", which is no measurement");
        }
        value = Math.round(value * 1000) / 1000.0;
    }

    /** Claim that a value stays at or below a limit. */
    static Entry atMost(String name, double value, double limit) {
        return new Entry(name, value, limit, false);
    }

    /** Claim that a value reaches a limit. */
    static Entry atLeast(String name, double value, double limit) {
        return new Entry(name, value, limit, true);
    }

    /** Say whether the claim is true. */
    @JsonIgnore
    boolean isHeld() {
        return atLeast ? value >= limit : value <= limit;
    }

    /** Return one line for people. */
    String line() {
        return "%-8s %-44s %8.3f (%s %.3f)"
                .formatted(isHeld() ? "held" : "MISSED", name, value, atLeast ? "at least" : "at most", limit);
    }
}
