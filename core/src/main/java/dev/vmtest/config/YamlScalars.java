package dev.vmtest.config;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Read the text of scalars as YAML 1.1 defines their types (https://yaml.org/type/). */
final class YamlScalars {

    private static final BigInteger SIXTY = BigInteger.valueOf(60);

    private YamlScalars() {}

    static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    static BigInteger integer(String written) {
        String text = written.replace("_", "");
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger magnitude;
        if (digits.startsWith("0b")) {
            magnitude = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            magnitude = new BigInteger(digits.substring(2), 16);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            magnitude = new BigInteger(digits, 8);
        } else {
            magnitude = BigInteger.ZERO;
            for (String part : List.of(digits.split(":", -1))) {
                magnitude = magnitude.multiply(SIXTY).add(new BigInteger(part));
            }
        }
        return negative ? magnitude.negate() : magnitude;
    }

    static double number(String written) {
        String text = written.replace("_", "").toLowerCase(Locale.ROOT);
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        double magnitude = 0;
        if (digits.equals(".inf")) {
            magnitude = Double.POSITIVE_INFINITY;
        } else if (digits.equals(".nan")) {
            magnitude = Double.NaN;
        } else {
            for (String part : List.of(digits.split(":", -1))) {
                magnitude = magnitude * 60 + Double.parseDouble(part);
            }
        }
        return negative ? -magnitude : magnitude;
    }
}
