package dev.vmtest.apt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Hold one place that apt has packages from, in whichever form a file says it (sources.list(5)).
 *
 * @param type {@code deb} or {@code deb-src}
 * @param uri the archive, without a slash at its end
 * @param suite such as {@code bookworm-updates}, or a path that ends in a slash
 * @param components such as {@code main}; none beside a path
 */
public record SourceEntry(String type, String uri, String suite, Set<String> components) {

    public SourceEntry {
        uri = uri.replaceFirst("/+$", "");
        components = Set.copyOf(components);
    }

    /** Return the entries of a file that are in use. */
    public static List<SourceEntry> active(String text) {
        return isParagraphs(text) ? ofParagraphs(text) : ofLines(text);
    }

    /** Return whether a text is of the newer form, deb822: paragraphs of fields. */
    public static boolean isParagraphs(String text) {
        return text.lines().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("types:"));
    }

    /** Return the entry of one line, or none. */
    static List<SourceEntry> ofLine(String line) {
        String bare = line.replaceFirst("#.*", "").strip();
        String plain = bare.replaceFirst("^(\\S+)\\s+\\[[^\\]]*]", "$1");
        List<String> words = List.of(plain.split("\\s+"));
        if (words.size() < 3 || !words.get(0).matches("deb|deb-src")) {
            return List.of();
        }
        return List.of(new SourceEntry(
                words.get(0), words.get(1), words.get(2), new LinkedHashSet<>(words.subList(3, words.size()))));
    }

    private static List<SourceEntry> ofLines(String text) {
        return text.lines().flatMap(line -> ofLine(line).stream()).toList();
    }

    private static List<SourceEntry> ofParagraphs(String text) {
        List<SourceEntry> entries = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        String last = "";
        for (String line : (text + "\n\n").lines().toList()) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                entries.addAll(ofFields(fields));
                fields.clear();
            } else if (!line.startsWith("#") && Character.isWhitespace(line.charAt(0))) {
                fields.merge(last, " " + line.strip(), String::concat);
            } else if (!line.startsWith("#") && colon > 0) {
                last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.put(last, line.substring(colon + 1).strip());
            }
        }
        return List.copyOf(entries);
    }

    private static List<SourceEntry> ofFields(Map<String, String> fields) {
        List<SourceEntry> entries = new ArrayList<>();
        if (fields.getOrDefault("enabled", "yes").equalsIgnoreCase("no")) {
            return entries;
        }
        for (String type : words(fields, "types")) {
            for (String uri : words(fields, "uris")) {
                for (String suite : words(fields, "suites")) {
                    entries.add(new SourceEntry(type, uri, suite, new LinkedHashSet<>(words(fields, "components"))));
                }
            }
        }
        return entries;
    }

    private static List<String> words(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }

    /** Return whether one of some entries is the same place with at least these components. */
    public boolean isIn(List<SourceEntry> entries) {
        Set<String> found = new LinkedHashSet<>();
        boolean isThere = false;
        for (SourceEntry other : entries) {
            if (type.equals(other.type) && uri.equals(other.uri) && suite.equals(other.suite)) {
                isThere = true;
                found.addAll(other.components);
            }
        }
        return isThere && found.containsAll(components);
    }

    @Override
    public String toString() {
        return (type + " " + uri + " " + suite + " "
                        + String.join(" ", components.stream().sorted().toList()))
                .strip();
    }
}
