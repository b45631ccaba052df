package dev.vmtest.config;

/** Bound what a message quotes of a file. */
final class Shortened {

    /** More than any sentence of ours has. */
    private static final int MOST = 600;

    private static final int END = 150;

    private Shortened() {}

    /** Return a text, or its beginning and its end with the count of what was left out. */
    static String of(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int left = text.length() - MOST;
        return text.substring(0, MOST - END) + "… (" + left + " characters left out) …"
                + text.substring(text.length() - END);
    }
}
