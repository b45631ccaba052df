package dev.vmtest.config;

/**
 * Find where the characters of a block scalar stand in its file.
 *
 * <p>YAML takes the indentation away and folds lines, but leaves all other characters as they are, in their order. So
 * the blanks are passed over on both sides.
 */
public final class BlockPlaces {

    private final Location header;
    private final SourceLines source;

    /**
     * Hold the scalar.
     *
     * @param header where its {@code |} or {@code >} stands
     * @param source the file
     */
    BlockPlaces(Location header, SourceLines source) {
        this.header = header;
        this.source = source;
    }

    /** Return where a character of the text stands; for a blank, where the next one that is none does. */
    Location location(String text, int index) {
        int left = 0;
        for (int at = 0; at < index; at++) {
            left += isBlank(text.charAt(at)) ? 0 : 1;
        }
        for (int number = header.line() + 1; number <= source.count(); number++) {
            String line = source.line(number);
            for (int at = 0; at < line.length(); at++) {
                if (!isBlank(line.charAt(at)) && left-- == 0) {
                    return new Location(header.file(), number, line.codePointCount(0, at) + 1);
                }
            }
        }
        return header;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || SourceLines.ends(character);
    }
}
