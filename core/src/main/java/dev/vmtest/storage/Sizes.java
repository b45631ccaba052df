package dev.vmtest.storage;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Read and write sizes as curtin's storage configuration does: bytes, or a number with K, M, G or T. */
public final class Sizes {

    private static final Pattern GRAMMAR = Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)([KMGT]?)B?");
    private static final String UNITS = "KMGT";
    private static final String REMEDY =
            "write bytes, or a number with K, M, G or T (powers of 1024), e.g. 4G or 512MB";

    private Sizes() {}

    /** Return the bytes that a text stands for, or empty if it isn't a size or not a whole number of bytes. */
    public static Optional<Long> parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text.strip());
        if (!matcher.matches() || matcher.group(1).length() > 30) {
            return Optional.empty();
        }
        int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        try {
            return Optional.of(bytes.longValueExact());
        } catch (ArithmeticException fractionOrOverflow) {
            return Optional.empty();
        }
    }

    /** Write bytes with the largest unit that divides them: {@code 4G}, {@code 1500M}, {@code 513B}. */
    public static String format(long bytes) {
        for (int power = UNITS.length(); power > 0; power--) {
            long unit = 1L << (10 * power);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + String.valueOf(UNITS.charAt(power - 1));
            }
        }
        return bytes + "B";
    }

    /** Read the size under a key, at least one byte; null if it is absent or wrong. */
    public static @Nullable Long read(MapReader reader, String key) {
        return read(reader, key, 1);
    }

    /** Read the size under a key with a least value; null if it is absent or wrong. */
    public static @Nullable Long read(MapReader reader, String key, long least) {
        Value value = reader.value(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ScalarValue scalar)) {
            reader.problem(key, "'" + key + "' must be a size, not " + value.describe(), REMEDY);
            return null;
        }
        Optional<Long> bytes = scalar.value() instanceof BigInteger number ? exact(number) : parse(scalar.text());
        if (bytes.isEmpty() && isTooLarge(scalar)) {
            reader.problem(key, "'" + key + "' is too large: '" + scalar.text() + "'", "nothing holds 8 EiB");
            return null;
        }
        if (bytes.isEmpty()) {
            reader.problem(key, "'" + key + "' is not a size: '" + scalar.text() + "'", remedy(scalar.text()));
            return null;
        }
        if (bytes.get() < least) {
            reader.problem(key, "'" + key + "' must be at least " + least + " byte, not " + scalar.text(), "");
            return null;
        }
        return bytes.get();
    }

    private static boolean isTooLarge(ScalarValue scalar) {
        if (scalar.value() instanceof BigInteger number) {
            return number.signum() > 0;
        }
        Matcher matcher = GRAMMAR.matcher(scalar.text().strip());
        if (!matcher.matches()) {
            return false;
        }
        String digits = matcher.group(1).replaceFirst("\\..*", "").replaceFirst("^0+", "");
        int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        return digits.length() > 19
                || (!digits.isEmpty()
                        && new BigInteger(digits).shiftLeft(10 * power).bitLength() >= Long.SIZE);
    }

    private static Optional<Long> exact(BigInteger number) {
        return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
    }

    private static String remedy(String written) {
        Matcher loose =
                Pattern.compile("([0-9.]+)\\s*([kKmMgGtT])(?:[iI]?[bB])?").matcher(written.strip());
        if (!loose.matches()) {
            return REMEDY;
        }
        String mended = loose.group(1) + loose.group(2).toUpperCase(Locale.ROOT);
        if (parse(mended).isPresent()) {
            return mended.equals(written) ? REMEDY : "write '" + mended + "'";
        }
        return GRAMMAR.matcher(mended).matches() ? "it is not a whole number of bytes" : REMEDY;
    }
}
