package dev.vmtest.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Know the places of a template that are to be filled in: {@code __ROOTFS_FORMAT__}, with the name ROOTFS_FORMAT.
 *
 * <p>They are filled in after the YAML is parsed, scalar by scalar, so that a value stays one value whatever stands in
 * it. Where a plain scalar is nothing but a place, the value has the type that it would have there: {@code 3} is a number.
 */
public final class TemplatePlaces {

    /** What a name is. */
    public static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    private static final Pattern PLACE = Pattern.compile("__(" + NAME + ")__");

    /** A run fills this one in itself: the address of an iSCSI disk that it serves. */
    private static final String SERVED = "RFC4173";

    private TemplatePlaces() {}

    /** Return a text with those of its places filled in that have a value; a value is not searched for places. */
    static String fill(String text, Map<String, String> values) {
        if (values.isEmpty() || !text.contains("__")) {
            return text;
        }
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }

    /** Return the names of the open places in a mapping's keys and values, each with where it first stands. */
    public static Map<String, Location> open(MapValue map) {
        return open(map, Set.of());
    }

    /** Return the same without what stands under some of its keys. */
    static Map<String, Location> open(MapValue map, Set<String> without) {
        Map<String, Location> found = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> {
            if (!without.contains(key)) {
                add(key, entry.keyLocation(), found);
                addAll(entry.value(), found);
            }
        });
        return found;
    }

    private static void addAll(Value value, Map<String, Location> found) {
        if (value instanceof MapValue map) {
            open(map).forEach(found::putIfAbsent);
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> addAll(item, found));
        } else if (value instanceof ScalarValue scalar) {
            add(scalar.text(), scalar.location(), found);
        }
    }

    private static void add(String text, Location location, Map<String, Location> found) {
        PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .filter(name -> !name.equals(SERVED))
                .forEach(name -> found.putIfAbsent(name, location));
    }

    /**
     * Refuse a configuration with open places; in scripts and files, which may hold such words, they are a warning.
     *
     * @param root the configuration as it is written, before anything is filled in
     * @param filled the names of the places that are filled in
     * @param texts the keys at the top under which scripts and files stand
     * @return whether it is refused; what else is wrong with it follows from that
     */
    public static boolean refuseOpen(MapValue root, Set<String> filled, Set<String> texts, Problems problems) {
        Map<String, Location> open = open(root, texts);
        open.keySet().removeAll(filled);
        open.forEach((name, location) -> problems.add(
                location,
                "this is a template: '__" + name + "__' is to be filled in",
                "add --set " + name + "=VALUE, or replace it in the file"));
        open(root).forEach((name, location) -> {
            if (!open.containsKey(name) && !filled.contains(name)) {
                problems.warn(
                        location,
                        "'__" + name + "__' looks like a place of a template",
                        "if it is one, add --set " + name + "=VALUE");
            }
        });
        return !open.isEmpty();
    }
}
