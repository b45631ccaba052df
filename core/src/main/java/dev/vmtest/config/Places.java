package dev.vmtest.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Say on which lines something stands. */
public final class Places {

    private Places() {}

    /** Return the lines of its own file on which a value or something in it begins, in order. */
    public static List<Integer> lines(Value value) {
        Set<Integer> lines = new TreeSet<>();
        add(value, value.location().file(), lines);
        return List.copyOf(lines);
    }

    private static void add(Value value, String file, Set<Integer> lines) {
        add(value.location(), file, lines);
        if (value instanceof MapValue map) {
            map.entries().values().forEach(entry -> {
                add(entry.keyLocation(), file, lines);
                add(entry.value(), file, lines);
            });
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> add(item, file, lines));
        }
    }

    private static void add(Location location, String file, Set<Integer> lines) {
        if (location.file().equals(file)) {
            lines.add(location.line());
        }
    }
}
