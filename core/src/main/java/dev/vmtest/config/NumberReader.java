package dev.vmtest.config;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Read truth values and whole numbers of a mapping, as {@link MapReader} says. */
record NumberReader(MapReader reader) {

    @Nullable
    Boolean bool(String key) {
        Value value = reader.present(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarValue scalar) {
            if (scalar.value() instanceof Boolean bool) {
                return bool;
            }
            if (BigInteger.ONE.equals(scalar.value()) || BigInteger.ZERO.equals(scalar.value())) {
                return BigInteger.ONE.equals(scalar.value());
            }
            if (scalar.value() instanceof String text
                    && YamlResolver.BOOL_PATTERN.matcher(text).matches()) {
                reader.problem(key, "'" + key + "' must be true or false, not a string", "remove the quotes");
                return null;
            }
        }
        reader.problem(key, "'" + key + "' must be true or false, not " + shown(value), "");
        return null;
    }

    @Nullable
    Integer integer(String key, int least, int most) {
        Value value = reader.present(key);
        if (value == null) {
            return null;
        }
        BigInteger number = null;
        if (value instanceof ScalarValue scalar) {
            if (scalar.value() instanceof BigInteger integer) {
                number = integer;
            } else if (scalar.value() instanceof String text && text.matches("-?[0-9]{1,4300}")) {
                number = new BigInteger(text);
            }
        }
        if (number == null) {
            reader.problem(key, "'" + key + "' must be a whole number, not " + shown(value), "");
            return null;
        }
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            reader.problem(
                    key,
                    "'" + key + "' must be "
                            + (most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most)
                            + ", not " + number,
                    "");
            return null;
        }
        return number.intValue();
    }

    private static String shown(Value value) {
        return value instanceof ScalarValue scalar ? "'" + scalar.text() + "'" : value.describe();
    }
}
