package dev.vmtest.config;

import org.jspecify.annotations.Nullable;

/**
 * Find where the characters of a block scalar stand in its file.
 *
 * <p>YAML takes the indentation away and folds lines, but leaves all other characters as they are, in their order. So
 * the blanks are passed over on both sides.
 */
public final class BlockPlaces {

    private final Location header;
    private final SourceLines source;
    private final @Nullable String written;

    /**
     * Hold the scalar.
     *
     * @param header where its {@code |} or {@code >} stands
     * @param source the file
     */
    BlockPlaces(Location header, SourceLines source) {
        this(header, source, null);
    }

    private BlockPlaces(Location header, SourceLines source, @Nullable String written) {
        this.header = header;
        this.source = source;
        this.written = written;
    }

    /** Return the places of a text that was made of the written one, line by line: each line is where it was written. */
    BlockPlaces ofLines(String original) {
        return new BlockPlaces(header, source, original);
    }

    /** Return where a character of the text stands; for a blank, where the next one that is none does. */
    Location location(String text, int index) {
        if (written != null) {
            long line = text.substring(0, index)
                    .chars()
                    .filter(each -> each == '\n')
                    .count();
            int start = 0;
            for (long passed = 0; passed < line && start >= 0; passed++) {
                start = written.indexOf('\n', start) + 1;
            }
            return new BlockPlaces(header, source).location(written, start);
        }
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
