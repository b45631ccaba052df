package dev.vmtest.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vmtest.result.Format;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Write a document with the number of its form before everything else.
 *
 * @param format the number
 * @param content the document
 */
record Formatted(int format, @JsonUnwrapped Object content) {

    private static final String KEY = "format";

    Formatted(Object content) {
        this(Format.NUMBER, content);
    }

    /**
     * Refuse a document whose form is newer than what this version knows. One without a number is of a version before
     * there were any.
     *
     * @throws IOException that says what to do
     */
    static void require(byte[] json, String file) throws IOException {
        try (JsonParser parser = Json.LINES.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || parser.nextToken() != JsonToken.PROPERTY_NAME
                    || !KEY.equals(parser.currentName())
                    || parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                return;
            }
            require(parser.getIntValue(), file);
        } catch (JacksonException broken) {
            // Whoever reads it says where it is wrong.
            return;
        }
    }

    /** Refuse a form that is newer than what this version knows. */
    static void require(int format, String file) throws IOException {
        if (format > Format.NUMBER) {
            throw new IOException(file + ": a newer vmtest wrote this (format " + format + ", and this one reads up to "
                    + Format.NUMBER + "); read it with that version");
        }
    }
}
