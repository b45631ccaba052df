package dev.vmtest.machine;

import java.util.regex.Pattern;

/**
 * Make text from a guest safe to show. A console line is hostile: its escape sequences could retitle
 * a terminal, answer for the user or hide what follows.
 */
public final class ConsoleText {

    /** Escape sequences after ECMA-48: CSI, then the string kinds (OSC, DCS, SOS, PM, APC), then the short ones. */
    private static final Pattern ESCAPES = Pattern.compile("(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]"
            + "|(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)?"
            + "|\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]");

    /** Control and format characters (the latter reorder or hide text), but the tab. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}&&[^\\t]]");

    private ConsoleText() {}

    /** Return the line without escape sequences and without any character that isn't shown as itself. */
    public static String printable(String line) {
        return UNPRINTABLE.matcher(ESCAPES.matcher(line).replaceAll("")).replaceAll("");
    }
}
