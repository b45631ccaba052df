package dev.vmtest.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Say how the value of a parameter is written, and how the kernel shows it.
 *
 * @param toKernel turns what is written into what the kernel shows; nothing where it is no value
 * @param mustBe what it must be, in the words of a message
 * @param words the words that it can be, where it is one of some
 */
record ParameterShape(Function<String, Optional<String>> toKernel, String mustBe, Set<String> words) {

    /** The kernel shows the times of a bridge in hundredths of a second (USER_HZ). */
    private static final int TICKS = 100;

    private static final int MILLISECONDS = 1000;
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|)");

    /** One of some words, or the number that the kernel counts it by. */
    static ParameterShape words(String... words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int number = 0; number < words.length; number++) {
            values.put(words[number], words[number]);
            values.put(String.valueOf(number), words[number]);
        }
        return new ParameterShape(
                text -> Optional.ofNullable(values.get(text)),
                "one of: " + String.join(", ", words),
                Set.copyOf(Arrays.asList(words)));
    }

    /** A truth value, which the kernel shows as 0 or 1. */
    static ParameterShape truth() {
        return new ParameterShape(ParameterShape::truth, "true or false", Set.of());
    }

    private static Optional<String> truth(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Optional.of("1");
            case "false", "no", "off", "0" -> Optional.of("0");
            default -> Optional.empty();
        };
    }

    /** A whole number. */
    static ParameterShape number(int least, int most) {
        return new ParameterShape(
                text -> within(text, least, most), "a whole number from " + least + " to " + most, Set.of());
    }

    private static Optional<String> within(String text, int least, int most) {
        if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most ? Optional.of(String.valueOf(number)) : Optional.empty();
    }

    /** A time in milliseconds unless a unit says otherwise, which the kernel shows in milliseconds. */
    static ParameterShape milliseconds() {
        return new ParameterShape(
                text -> time(text, 1).map(String::valueOf), "a time such as 100 (milliseconds) or 1s", Set.of());
    }

    /** A time in seconds unless a unit says otherwise, which the kernel shows in seconds. */
    static ParameterShape seconds(int least) {
        return new ParameterShape(
                text -> time(text, MILLISECONDS)
                        .map(number -> number / MILLISECONDS)
                        .filter(number -> number >= least)
                        .map(String::valueOf),
                "a time of at least " + least + " seconds",
                Set.of());
    }

    /** A time of a bridge, in seconds unless a unit says otherwise. */
    static ParameterShape ticks(int least, int most) {
        return new ParameterShape(
                text -> time(text, MILLISECONDS)
                        .filter(number -> number >= (long) least * MILLISECONDS && number <= (long) most * MILLISECONDS)
                        .map(number -> String.valueOf(number * TICKS / MILLISECONDS)),
                "a time from " + least + " to " + most + " seconds, as the kernel takes it",
                Set.of());
    }

    private static Optional<Long> time(String text, int unit) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(time.group(1));
        return Optional.of(
                switch (time.group(2)) {
                    case "ms" -> number;
                    case "s" -> number * MILLISECONDS;
                    default -> number * unit;
                });
    }

    /** The name of an interface. */
    static ParameterShape interfaceName() {
        return new ParameterShape(
                text -> text.isBlank() ? Optional.empty() : Optional.of(text.strip()), "an interface's name", Set.of());
    }

    /** A MAC address. */
    static ParameterShape macAddress() {
        return new ParameterShape(
                text -> MacAddress.matches(text)
                        ? Optional.of(text.toLowerCase(java.util.Locale.ROOT))
                        : Optional.empty(),
                "a MAC address such as 52:54:00:12:34:0a",
                Set.of());
    }

    /** An IPv4 address. */
    static ParameterShape address() {
        return new ParameterShape(
                text -> IpAddress.parse(text)
                        .filter(address -> address.family() == Family.IPV4)
                        .map(IpAddress::toString),
                "an IPv4 address",
                Set.of());
    }
}
