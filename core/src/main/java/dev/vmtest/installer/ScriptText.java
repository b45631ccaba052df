package dev.vmtest.installer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Hold a part of a command with the place that each of its characters has in the whole, though quotes are gone. */
final class ScriptText {

    private final String text;
    private final int[] places;

    private ScriptText(String text, int[] places) {
        this.text = text;
        this.places = places;
    }

    /** Hold a text whose first character has a place, and each further one the next. */
    static ScriptText of(String text, int first) {
        return new ScriptText(
                text, IntStream.range(first, first + text.length()).toArray());
    }

    /** Return several as one, with a blank between each. */
    static ScriptText joined(List<ScriptText> parts) {
        Builder joined = new Builder();
        for (ScriptText part : parts) {
            if (!joined.text.isEmpty()) {
                joined.append(' ', part.place());
            }
            for (int index = 0; index < part.text.length(); index++) {
                joined.append(part.text.charAt(index), part.places[index]);
            }
        }
        return joined.build();
    }

    String text() {
        return text;
    }

    /** Return the place of the first character, 0 for an empty text. */
    int place() {
        return text.isEmpty() ? 0 : places[0];
    }

    int place(int index) {
        return places[index];
    }

    ScriptText part(int from, int to) {
        return new ScriptText(text.substring(from, to), Arrays.copyOfRange(places, from, to));
    }

    /** Collect characters with their places. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private int[] places = new int[16];

        void append(char character, int place) {
            if (text.length() == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[text.length()] = place;
            text.append(character);
        }

        int length() {
            return text.length();
        }

        ScriptText build() {
            return from(0);
        }

        /** Return what was appended from an index on. */
        ScriptText from(int index) {
            return new ScriptText(text.substring(index), Arrays.copyOfRange(places, index, text.length()));
        }
    }
}
