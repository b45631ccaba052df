package dev.vmtest.drawing;

import java.util.List;

/**
 * Describe an element of a drawing.
 *
 * @param id what others call it that stand on it
 * @param heading its name
 * @param lines what is said of it
 * @param below the ids of those that it stands on
 * @param file the file that asks for it, or empty
 * @param places the lines of that file on which something of it stands
 */
public record Box(
        String id, String heading, List<String> lines, List<String> below, String file, List<Integer> places) {

    public Box {
        lines = List.copyOf(lines);
        below = List.copyOf(below);
        places = List.copyOf(places);
    }

    /** Describe an element for which no line asks by itself. */
    public Box(String id, String heading, List<String> lines, List<String> below) {
        this(id, heading, lines, below, "", List.of());
    }
}
