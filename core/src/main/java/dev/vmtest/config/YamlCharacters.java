package dev.vmtest.config;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Constant;

/**
 * Give the library's scanner the characters of a text, all of them from one array.
 *
 * <p>The library's own reader holds a window and copies what is left of it for each 1023 characters that a token goes
 * on: a text of 4 MB in one token costs it 30 GB of copies. Here nothing is copied but the tokens themselves.
 */
final class YamlCharacters extends StreamReader {

    private static final String NAME = "string";

    private final int[] characters;
    private int pointer;
    private int documentIndex;
    private int line;
    private int column;

    /**
     * Take a text.
     *
     * @throws ReaderException with the offset of a character that YAML 1.1 (section 5.1) does not allow, in UTF-16 units
     */
    YamlCharacters(String text) {
        super("");
        characters = new int[text.codePointCount(0, text.length())];
        int offset = 0;
        for (int i = 0; i < characters.length; i++) {
            int character = text.codePointAt(offset);
            if (!isPrintable(character)) {
                throw new ReaderException(NAME, offset, character, "special characters are not allowed");
            }
            characters[i] = character;
            offset += Character.charCount(character);
        }
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, pointer, line, column, characters, pointer);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && pointer < characters.length; i++) {
            int character = characters[pointer++];
            documentIndex++;
            if (Constant.LINEBR.has(character) || (character == '\r' && peek() != '\n')) {
                line++;
                column = 0;
            } else if (character != '\uFEFF') {
                column++;
            }
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    /** Return a character ahead, or 0 behind the last. */
    @Override
    public int peek(int ahead) {
        int index = pointer + ahead;
        return index < characters.length ? characters[index] : 0;
    }

    @Override
    public String prefix(int length) {
        return new String(characters, pointer, Math.min(length, characters.length - pointer));
    }

    /** Return the next characters and go on behind them; the scanner has seen that none of them ends a line. */
    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        pointer += length;
        documentIndex += length;
        column += length;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return documentIndex;
    }

    @Override
    public void resetDocumentIndex() {
        documentIndex = 0;
    }

    @Override
    public int getIndex() {
        return pointer;
    }

    @Override
    public int getLine() {
        return line;
    }
}
