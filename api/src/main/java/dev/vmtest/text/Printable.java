package dev.vmtest.text;

import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * Make text that came from a guest, a file or a server safe to show: it cannot steer a terminal, turn the direction of
 * writing round, hide what follows, begin a line of its own where it may not, or make a document invalid.
 *
 * <p>What stays is legal in XML 1.0 (section 2.2, production 2) and in HTML; markup is still to be escaped by whoever
 * writes markup. Everything is linear in the length of the text.
 */
public final class Printable {

    /** Longer than any path; a line of this length is read by nobody. */
    private static final int LONGEST_LINE = 5000;

    private static final int LONGEST_WORD = 200;

    /** Stands for a character that is not shown, so that it is seen that something was there. */
    private static final int REPLACEMENT = 0xFFFD;

    /** Escape sequences after ECMA-48: CSI, then the string kinds (OSC, DCS, SOS, PM, APC), then the short ones. */
    private static final Pattern ESCAPES = Pattern.compile("(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]"
            + "|(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)?"
            + "|\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]");

    private Printable() {}

    /**
     * Return a text as one line of visible characters, without spaces at its ends, cut where it is longer than anybody
     * reads.
     *
     * <p>Tabs and line ends become a space; what is not visible becomes {@code �}.
     */
    public static String line(String text) {
        return cut(visible(cut(text, LONGEST_LINE)).strip(), LONGEST_LINE);
    }

    /** Return the beginning of {@link #line}, for a word that a sentence quotes. */
    public static String word(String text) {
        return cut(line(text), LONGEST_WORD);
    }

    /** Return the same as {@link #line} at its full length and with the spaces at both ends kept. */
    public static String visible(String text) {
        return map(text, character -> isLineEnd(character) || character == '\t' ? ' ' : shown(character));
    }

    /** Return a text of several lines: its tabs and line feeds stay, and nothing else that is not visible. */
    public static String text(String text) {
        return map(text.replace("\r\n", "\n"), character -> {
            if (character == '\n' || character == '\t') {
                return character;
            }
            return isLineEnd(character) ? ' ' : shown(character);
        });
    }

    /**
     * Return a line of a console as a person would have seen it: without escape sequences and without any character
     * that isn't shown as itself, but the tab.
     */
    public static String console(String line) {
        StringBuilder kept = new StringBuilder(line.length());
        withoutEscapes(line)
                .codePoints()
                .filter(character -> character == '\t' || isVisible(character))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Return a text without the escape sequences in it. */
    public static String withoutEscapes(String text) {
        return ESCAPES.matcher(text).replaceAll("");
    }

    /** Return the start of a text, at most so many characters with the mark that it was cut. */
    public static String cut(String text, int length) {
        if (text.length() <= length || text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return length < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** Return whether a character is shown as itself and stays in its line. */
    static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> !isFiller(character);
        };
    }

    /** Letters and marks that are shown as nothing at all: the grapheme joiner and the fillers of Hangul. */
    private static boolean isFiller(int character) {
        return character == 0x034F
                || character == 0x115F
                || character == 0x1160
                || character == 0x3164
                || character == 0xFFA0;
    }

    private static boolean isLineEnd(int character) {
        return character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029;
    }

    private static int shown(int character) {
        return isVisible(character) ? character : REPLACEMENT;
    }

    private static String map(String text, IntUnaryOperator each) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(each).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }
}
