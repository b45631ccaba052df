package dev.vmtest.config;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hold a YAML scalar, both as it was written and as YAML 1.1 resolves it.
 *
 * @param location where the scalar begins
 * @param text the scalar as written, without quotes
 * @param value a {@link String}, {@link Boolean}, {@link BigInteger}, {@link Double}, or null
 */
public record ScalarValue(
        Location location, String text, @Nullable Object value) implements Value {

    /** Name the place and the kind, but not the text: it may be a secret. */
    @Override
    public String toString() {
        return describe() + " at " + location;
    }

    @Override
    public String describe() {
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof BigInteger) {
            return "an integer";
        }
        return value instanceof Double ? "a number" : "a string";
    }
}
