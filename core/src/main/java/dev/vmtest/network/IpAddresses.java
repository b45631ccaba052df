package dev.vmtest.network;

import dev.vmtest.config.MapReader;
import java.util.regex.Pattern;

/** Check the syntax of IP addresses without asking a name server. */
final class IpAddresses {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern VERSION_4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private IpAddresses() {}

    static void check(MapReader reader, String key, String text, boolean prefixAllowed) {
        if (!valid(text, prefixAllowed)) {
            reader.problem(
                    key,
                    "'" + text + "' is not an IP address" + (prefixAllowed ? ", with or without a prefix" : ""),
                    "write e.g. 10.0.2.15" + (prefixAllowed ? "/24" : "") + " or fd00::15"
                            + (prefixAllowed ? "/64" : ""));
        }
    }

    static boolean valid(String text, boolean prefixAllowed) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean four = VERSION_4.matcher(address).matches();
        if (!four && !version6(address)) {
            return false;
        }
        if (slash < 0) {
            return true;
        }
        String prefix = text.substring(slash + 1);
        if (!prefixAllowed) {
            return false;
        }
        if (!prefix.matches("[0-9]{1,3}")) {
            return four ? VERSION_4.matcher(prefix).matches() : version6(prefix);
        }
        return Integer.parseInt(prefix) <= (four ? 32 : 128);
    }

    private static boolean version6(String address) {
        if (!address.matches("[0-9a-fA-F:.]{2,45}") || !address.contains(":")) {
            return false;
        }
        try {
            // A literal with a colon is never looked up.
            return java.net.InetAddress.getByName(address).getAddress().length > 0;
        } catch (java.net.UnknownHostException invalid) {
            return false;
        }
    }
}
