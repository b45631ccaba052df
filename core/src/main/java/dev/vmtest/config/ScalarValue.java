package dev.vmtest.config;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hold a YAML scalar, both as it was written and as YAML 1.1 resolves it.
 *
 * @param location where the scalar begins
 * @param text the scalar as written, without quotes
 * @param value a {@link String}, {@link Boolean}, {@link BigInteger}, {@link Double}, {@link Moment}, or null
 * @param block where the characters of a block scalar stand, null for the others
 */
public record ScalarValue(
        Location location,
        String text,
        @Nullable Object value,
        @Nullable BlockPlaces block) implements Value {

    /** Hold a scalar of which only the beginning is known. */
    public ScalarValue(Location location, String text, @Nullable Object value) {
        this(location, text, value, null);
    }

    /** Return a text in the place of this one, with the same lines where it has as many. */
    public ScalarValue withText(String other) {
        BlockPlaces places =
                block != null && other.lines().count() == text.lines().count() ? block.ofLines(text) : null;
        return new ScalarValue(location, other, other, places);
    }

    /** Return where a character of the text stands; where that is not known, where the scalar begins. */
    public Location location(int index) {
        return block == null ? location : block.location(text, index);
    }

    /** Name the place and the kind, but not the text: it may be a secret. */
    @Override
    public String toString() {
        return describe() + " at " + location;
    }

    private static final int LONGEST_SHOWN = 60;

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
        if (value instanceof Moment) {
            return "a date";
        }
        return value instanceof Double ? "a number" : "a string";
    }

    /** Hold what YAML 1.1 reads as a date, with or without a time, as it is written. */
    public record Moment(String text) {}

    /** Return whether this is a number that looks like what it is: 12 and 1.5 do, 012, 0x1f, 1:20 and 1_000 don't. */
    boolean isPlainNumber() {
        return (value instanceof BigInteger && text.matches("-?(0|[1-9][0-9]*)"))
                || (value instanceof Double && text.matches("-?[0-9]+\\.[0-9]+"));
    }

    /** Say what YAML 1.1 made of a scalar that is no string, in the words of a message. */
    String reading() {
        String written = shortened(text);
        if (value instanceof BigInteger && isPlainNumber()) {
            return "YAML 1.1 reads " + written + " as a number";
        }
        String made = value instanceof Boolean
                ? "the boolean " + value
                : value instanceof Moment ? "a date" : "the number " + shortened(String.valueOf(value));
        return "YAML 1.1 reads " + written + " as " + made;
    }

    /** Say how this is written to be the text that it looks like. */
    String quoting() {
        return "quote it: '" + shortened(text) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
