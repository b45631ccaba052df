package dev.vmtest.launch;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Split arguments into fields.
 *
 * <p>The first field of an argument with colons is a path, which may hold colons itself: it is the longest part before a
 * colon that names a file which is there; where no part does, it ends at the first colon. {@code \:} is always a colon
 * of the field that it is in. Where commas separate, two of them are one of the field.
 */
final class Fields {

    private Fields() {}

    /** Return the fields of an argument whose first is a path. */
    static List<String> ofPath(String text) {
        List<Integer> colons = colons(text);
        int end = colons.isEmpty() ? text.length() : colons.get(0);
        if (exists(text)) {
            end = text.length();
        } else {
            for (int colon : colons) {
                end = exists(text.substring(0, colon)) ? colon : end;
            }
        }
        List<String> fields = new ArrayList<>();
        fields.add(plain(text.substring(0, end)));
        int from = end + 1;
        for (int colon : colons) {
            if (colon >= from) {
                fields.add(plain(text.substring(from, colon)));
                from = colon + 1;
            }
        }
        if (end < text.length()) {
            fields.add(plain(text.substring(from)));
        }
        return List.copyOf(fields);
    }

    private static List<Integer> colons(String text) {
        List<Integer> colons = new ArrayList<>();
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) == '\\') {
                index++;
            } else if (text.charAt(index) == ':') {
                colons.add(index);
            }
        }
        return colons;
    }

    private static String plain(String field) {
        return field.replace("\\:", ":");
    }

    private static boolean exists(String field) {
        try {
            return !field.isEmpty() && Files.exists(Path.of(plain(field)));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    /** Return the fields between commas. */
    static List<String> ofList(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            boolean isDoubled = character == ',' && index + 1 < text.length() && text.charAt(index + 1) == ',';
            if (character == ',' && !isDoubled) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
                index += isDoubled ? 1 : 0;
            }
        }
        fields.add(field.toString());
        return List.copyOf(fields);
    }
}
