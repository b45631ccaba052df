package dev.vmtest.config;

import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Load configuration files as YAML 1.1.
 *
 * <p>Nothing is thrown for bad input: what is wrong goes to {@link Problems}, and what could be read
 * is returned, so that later checks find the rest of the problems in the same pass.
 */
public final class ConfigFiles {

    /** The largest file that is read, in bytes; a configuration with embedded scripts stays far below. */
    public static final int LARGEST_FILE = 4 * 1024 * 1024;

    private ConfigFiles() {}

    /** Load a file; the name in locations is the path as it was given. */
    public static MapValue load(Path file, Problems problems) {
        return load(file, file.toString(), problems);
    }

    /** Load a file, naming it differently in locations. */
    public static MapValue load(Path file, String name, Problems problems) {
        Location start = new Location(name, 1, 1);
        byte[] bytes = readBytes(file, start, problems);
        if (bytes == null) {
            return empty(start);
        }
        String text = decode(bytes, name, problems);
        return text == null ? empty(start) : parse(name, text, problems);
    }

    /** Parse the text of a file. */
    public static MapValue parse(String name, String text, Problems problems) {
        return parse(name, text, Map.of(), problems);
    }

    /**
     * Parse the text of a file that may be a template.
     *
     * @param values what its places are filled with, by their names (see {@link TemplatePlaces})
     */
    public static MapValue parse(String name, String text, Map<String, String> values, Problems problems) {
        Location start = new Location(name, 1, 1);
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Value value = new YamlReader(name, values, problems).read(content);
        if (value instanceof MapValue map) {
            return map;
        }
        if (value != null) {
            problems.add(
                    value.location(),
                    "the file must hold a mapping at its top, not " + value.describe(),
                    "begin with a key such as 'storage:'");
        }
        return empty(start);
    }

    private static MapValue empty(Location start) {
        return new MapValue(start, Map.of());
    }

    private static byte @Nullable [] readBytes(Path file, Location start, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.add(start, "this is a directory, not a file", "name a YAML file in it");
                return null;
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                problems.add(start, "this is not a regular file", "name a YAML file");
                return null;
            }
            if (Files.size(file) > LARGEST_FILE) {
                problems.add(start, "the file is larger than " + (LARGEST_FILE >> 20) + " MiB");
                return null;
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            problems.add(start, "no such file", "check the path; it is taken from the current directory");
        } catch (AccessDeniedException denied) {
            problems.add(start, "the file can't be read: permission denied", "make it readable, e.g. chmod a+r");
        } catch (IOException failed) {
            problems.add(start, "the file can't be read: " + PlainTrouble.of(failed));
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes, String name, Problems problems) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(input, output, true);
        String decoded = output.flip().toString();
        if (!result.isError()) {
            return decoded;
        }
        problems.add(
                end(name, decoded),
                "the file is not valid UTF-8: byte 0x%02x".formatted(bytes[input.position()] & 0xff),
                "save it as UTF-8");
        return null;
    }

    /** Return the place just after a text. */
    static Location end(String name, String text) {
        int line = 1 + (int) text.chars().filter(character -> character == '\n').count();
        return new Location(name, line, text.length() - text.lastIndexOf('\n'));
    }
}
