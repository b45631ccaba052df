package dev.vmtest.network;

import dev.vmtest.config.MapReader;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Read MAC addresses: six octets in hexadecimal, separated by colons. */
public final class MacAddress {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    private MacAddress() {}

    /** Return whether a text is a MAC address. */
    public static boolean matches(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Return the address under a key in lower case; null if it is absent or wrong. */
    public static @Nullable String read(MapReader reader, String key) {
        String text = reader.matching(key, MacAddress::matches, "a MAC address such as 52:54:00:12:34:0a");
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
