package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Say which hardware an interface is.
 *
 * @param macAddress six octets in lower case, or null
 * @param namePattern a name with {@code *}, {@code ?} and {@code [a-z]}, or null
 * @param drivers names of kernel drivers with the same signs, any of which is right; empty for all
 */
public record Match(
        @Nullable Placed<String> macAddress, @Nullable Placed<String> namePattern, List<Placed<String>> drivers) {

    public Match {
        drivers = List.copyOf(drivers);
    }

    /** Return whether a name has the shape of a pattern (glob(7)). */
    public static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (int index = 0; index < pattern.length(); index++) {
            char sign = pattern.charAt(index);
            int end = sign == '[' ? pattern.indexOf(']', index + 2) : -1;
            if (sign == '*') {
                regex.append(".*");
            } else if (sign == '?') {
                regex.append('.');
            } else if (end > 0) {
                String inner = pattern.substring(index + 1, end).replaceAll("([\\\\&\\[^])", "\\\\$1");
                regex.append(inner.startsWith("!") ? "[^" + inner.substring(1) : "[" + inner)
                        .append(']');
                index = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(sign)));
            }
        }
        return Pattern.matches(regex.toString(), name);
    }
}
