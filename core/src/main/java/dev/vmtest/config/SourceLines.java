package dev.vmtest.config;

import java.util.Arrays;

/** Hold a file's lines, which end where YAML 1.1 has them end. */
final class SourceLines {

    private final String text;
    private int[] begins = {};

    SourceLines(String text) {
        this.text = text;
    }

    /** Return how many lines there are. */
    int count() {
        return begins().length;
    }

    /** Return a line, counted from 1, without what ends it. */
    String line(int number) {
        int begin = begins()[number - 1];
        int end = number == count() ? text.length() : begins()[number];
        while (end > begin && ends(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    static boolean ends(char character) {
        return character == '\n'
                || character == '\r'
                || character == '\u0085'
                || character == '\u2028'
                || character == '\u2029';
    }

    /** Few files need it, so it is looked for when it is asked for. */
    private synchronized int[] begins() {
        if (begins.length == 0) {
            int[] found = new int[16];
            int count = 1;
            for (int at = 0; at < text.length(); at++) {
                boolean isFirstOfTwo = text.charAt(at) == '\r' && text.startsWith("\n", at + 1);
                if (ends(text.charAt(at)) && !isFirstOfTwo) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = at + 1;
                }
            }
            begins = Arrays.copyOf(found, count);
        }
        return begins;
    }
}
