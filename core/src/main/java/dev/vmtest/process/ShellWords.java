package dev.vmtest.process;

import java.util.regex.Pattern;

/** Quote words for a POSIX shell. */
public final class ShellWords {

    /** Words of these characters mean themselves everywhere; '=' and '~' are left out because their place matters. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,@%+-]+");

    private ShellWords() {}

    /** Return the word so that a POSIX shell reads back exactly the same text. */
    public static String quote(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
