package dev.vmtest.report;

/** Make text that came from a guest or a file safe to show. */
final class Printable {

    private Printable() {}

    /**
     * Return a text as one line of visible characters.
     *
     * <p>Tabs and line ends become a space; control characters, invisible formatting (which can turn
     * the direction of writing round) and halves of surrogate pairs become {@code �}.
     */
    static String line(String text) {
        return visible(text).strip();
    }

    /** Return the same as {@link #line} with the spaces at both ends kept. */
    static String visible(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> line.appendCodePoint(visible(character)));
        return line.toString();
    }

    /** Return the start of a text, at most so many characters with the mark that it was cut. */
    static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return length < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    /**
     * Return a text without what XML 1.0 (section 2.2, production 2) does not allow.
     *
     * <p>Each such character becomes {@code �}, so that it is seen that something was there.
     */
    static String xml(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(character -> clean.appendCodePoint(isXml(character) ? character : 0xFFFD));
        return clean.toString();
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || (character >= 0x10000 && character <= 0x10FFFF);
    }

    private static int visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\t' || character == '\n' || character == '\r' ? ' ' : 0xFFFD;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> 0xFFFD;
            default -> character;
        };
    }
}
