package dev.vmtest.text;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Write JSON that can be shown as it is: whatever is not visible is written as an escape. A reader gets back the very
 * same text, also one with half of a surrogate pair, which Jackson alone refuses to write.
 */
public final class PrintableJson {

    private PrintableJson() {}

    /** Return the beginning of a mapper that writes so. */
    public static JsonMapper.Builder builder() {
        return JsonMapper.builder(
                JsonFactory.builder().characterEscapes(new Escapes()).build());
    }

    private static final class Escapes extends CharacterEscapes {

        @Serial
        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[0x7F] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        /** Called for each UTF-16 unit beyond ASCII; both halves of a pair are written as escapes. */
        @Override
        public @Nullable SerializableString getEscapeSequence(int unit) {
            return Printable.isVisible(unit) ? null : new SerializedString(String.format("\\u%04x", unit));
        }
    }
}
