package dev.vmtest.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Find the names and passwords that addresses of servers hold in front of an {@code @} (RFC 3986, section 3.2.1).
 *
 * <p>Everything up to the last {@code @} of an address counts: whoever writes a password with {@code /} or {@code @} in it
 * unescaped has written it all the same.
 */
public final class Credentials {

    /** A bound keeps the search linear. */
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30}://)([^\\s\"'<>]{1,2000})@");

    private Credentials() {}

    /** Return a text whose addresses show neither name nor password. */
    public static String hideIn(String text) {
        return text.contains("://") ? ADDRESS.matcher(text).replaceAll("$1" + Secret.SHOWN + "@") : text;
    }

    /** Return the passwords of the addresses in a text; where there is a name alone, it is a token and counts as one. */
    public static List<Secret> in(String text) {
        List<Secret> found = new ArrayList<>();
        if (text.contains("://")) {
            Matcher address = ADDRESS.matcher(text);
            while (address.find()) {
                String user = address.group(2);
                found.add(new Secret(user.substring(user.indexOf(':') + 1)));
            }
        }
        return found;
    }
}
