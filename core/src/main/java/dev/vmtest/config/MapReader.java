package dev.vmtest.config;

import dev.vmtest.secret.Secret;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Read the keys of one mapping with their types, collecting problems.
 *
 * <p>Each getter makes its key a known one; after the last, {@link #refuseUnknown()} reports every
 * other key of the mapping with a suggestion. A key whose value is null counts as absent.
 */
public final class MapReader {

    private final MapValue map;
    private final String subject;
    private final Problems problems;
    private final KnownKeys known;

    /**
     * Read a mapping.
     *
     * @param subject what the mapping describes, in the words of a message: {@code partition 'sda1'}
     */
    public MapReader(MapValue map, String subject, Problems problems) {
        this.map = map;
        this.subject = subject;
        this.problems = problems;
        this.known = new KnownKeys(map);
    }

    /** Return a reader of another mapping with the same problems. */
    public MapReader within(MapValue other, String otherSubject) {
        return new MapReader(other, otherSubject, problems);
    }

    /** Return a reader of the mapping under a key, called as the key is; of an empty one if it is absent. */
    public MapReader section(String key) {
        return section(key, key);
    }

    /** Return a reader of the mapping under a key; of an empty one if it is absent. */
    public MapReader section(String key, String sectionSubject) {
        MapValue section = map(key);
        return within(section == null ? new MapValue(map.location(), Map.of()) : section, sectionSubject);
    }

    /**
     * Return a reader of the mapping under a key in whose keys {@code -} and {@code _} mean the same; the last one wins.
     *
     * <p>So curtin reads its sections {@code boot} and {@code kernel}.
     */
    public MapReader sectionWithUnderscores(String key) {
        MapReader section = section(key);
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        section.source().entries().forEach((name, entry) -> entries.put(name.replace('-', '_'), entry));
        return within(new MapValue(section.source().location(), entries), key);
    }

    /** Return where problems are collected. */
    public Problems problems() {
        return problems;
    }

    /** Return the mapping. */
    public MapValue source() {
        return map;
    }

    /** Return what the mapping describes. */
    public String subject() {
        return subject;
    }

    /** Return where the value of a key begins, or where the mapping begins if the key is absent. */
    public Location at(String key) {
        Value value = map.get(key);
        return value == null ? map.location() : value.location();
    }

    /** Add a problem at the value of a key. */
    public void problem(String key, String message, String remedy) {
        problems.add(at(key), subject + ": " + message, remedy);
    }

    /** Return whether a key is there with a value other than null. */
    public boolean has(String key) {
        return value(key) != null;
    }

    /** Return a value of any kind, or null if it is absent or null. */
    public @Nullable Value value(String key) {
        known.add(key);
        Value value = map.get(key);
        return value instanceof ScalarValue scalar && scalar.value() == null ? null : value;
    }

    /** Accept keys without reading them. */
    public void accept(String... keys) {
        known.addAll(List.of(keys));
    }

    /**
     * Return a text.
     *
     * <p>What YAML 1.1 makes a number, a boolean or a date of is refused: curtin is given that instead of what the
     * author wrote, and {@code 0x1F}, {@code 1:20} or {@code on} would be a text to nobody but us.
     */
    public @Nullable String text(String key) {
        Value value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarValue scalar) {
            return text(key, scalar);
        }
        wrongType(key, "a text", value);
        return null;
    }

    /** Return a text; an empty one counts as absent. */
    public @Nullable String filledText(String key) {
        String text = text(key);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Return the value that a word stands for; an empty one counts as absent. */
    public <T> @Nullable T filledChoice(String key, Map<String, T> words) {
        return value(key) instanceof ScalarValue scalar && scalar.text().isEmpty() ? null : choice(key, words);
    }

    /** Return a scalar that no message may quote, or null if it is absent. */
    public @Nullable Secret secret(String key) {
        if (value(key) instanceof ScalarValue scalar && !(scalar.value() instanceof String)) {
            problem(key, "'" + key + "' is a text, and YAML 1.1 reads it as " + scalar.describe(), "quote it");
            return null;
        }
        return Secret.ofNullable(text(key));
    }

    private @Nullable String text(String key, ScalarValue scalar) {
        if (scalar.value() instanceof String text) {
            return text;
        }
        String why = scalar.isPlainNumber() ? ", and '" + key + "' is a text" : "";
        problems.add(scalar.location(), subject + ": " + scalar.reading() + why, scalar.quoting());
        return null;
    }

    /** Return a scalar of any type as it is written, where a number and the text that looks like it mean the same. */
    public @Nullable String written(String key) {
        Value value = value(key);
        if (value == null || value instanceof ScalarValue) {
            return value == null ? null : ((ScalarValue) value).text();
        }
        wrongType(key, "a text", value);
        return null;
    }

    /** Return a text, adding a problem if it is absent or empty. */
    public String requiredText(String key) {
        String text = text(key);
        if (text == null && value(key) == null) {
            missing(key);
        } else if (text != null && text.isEmpty()) {
            problem(key, "'" + key + "' is empty", "give it a value");
        }
        return text == null ? "" : text;
    }

    /** Add the problem that a required key is absent. */
    public void missing(String key) {
        String misspelt = map.get(key) == null ? "add '" + key + ":'" : "give it a value";
        problems.add(
                map.get(key) == null ? map.location() : map.locationOf(key),
                subject + ": '" + key + "' is missing",
                misspelt);
    }

    /** Return a string, refusing numbers and booleans. */
    public @Nullable String string(String key) {
        Value value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarValue scalar && scalar.value() instanceof String text) {
            return text;
        }
        problem(
                key,
                "'" + key + "' must be a string, not " + value.describe(),
                value instanceof ScalarValue scalar ? "quote it: '" + scalar.text() + "'" : "");
        return null;
    }

    /** Return a boolean, also written as 0 or 1. */
    public boolean bool(String key, boolean absent) {
        Boolean value = bool(key);
        return value == null ? absent : value;
    }

    /** Return a boolean, also written as 0 or 1, or null if it is absent. */
    public @Nullable Boolean bool(String key) {
        Value value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarValue scalar) {
            if (scalar.value() instanceof Boolean bool) {
                return bool;
            }
            if (BigInteger.ONE.equals(scalar.value()) || BigInteger.ZERO.equals(scalar.value())) {
                return BigInteger.ONE.equals(scalar.value());
            }
            if (scalar.value() instanceof String text
                    && YamlResolver.BOOL_PATTERN.matcher(text).matches()) {
                problem(key, "'" + key + "' must be true or false, not a string", "remove the quotes");
                return null;
            }
        }
        problem(key, "'" + key + "' must be true or false, not " + shown(value), "");
        return null;
    }

    /** Return an integer between two bounds, also written as a quoted decimal number. */
    public @Nullable Integer integer(String key, int least, int most) {
        Value value = value(key);
        if (value == null) {
            return null;
        }
        BigInteger number = null;
        if (value instanceof ScalarValue scalar) {
            if (scalar.value() instanceof BigInteger integer) {
                number = integer;
            } else if (scalar.value() instanceof String text && text.matches("-?[0-9]{1,4300}")) {
                number = new BigInteger(text);
            }
        }
        if (number == null) {
            problem(key, "'" + key + "' must be a whole number, not " + shown(value), "");
            return null;
        }
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            problem(
                    key,
                    "'" + key + "' must be "
                            + (most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most)
                            + ", not " + number,
                    "");
            return null;
        }
        return number.intValue();
    }

    /** Return the value that a word stands for. */
    public <T> @Nullable T choice(String key, Map<String, T> words) {
        String text = written(key);
        if (text == null) {
            return null;
        }
        T chosen = words.get(text);
        if (chosen == null) {
            problem(key, "'" + key + "' can't be '" + text + "'", Suggestion.oneOf(text, words.keySet()));
        }
        boolean isNumber = value(key) instanceof ScalarValue scalar && scalar.isPlainNumber();
        // A level or a version may be a number as well as the text that looks like it.
        return chosen == null || isNumber || text(key) != null ? chosen : null;
    }

    /** Return a text that is one of some words. */
    public @Nullable String choice(String key, String... words) {
        Map<String, String> themselves = new LinkedHashMap<>();
        for (String word : words) {
            themselves.put(word, word);
        }
        return choice(key, themselves);
    }

    /** Return a text that a rule accepts, or null after a problem that says what it must be. */
    public @Nullable String matching(String key, Predicate<String> rule, String mustBe) {
        String text = text(key);
        if (text == null || rule.test(text)) {
            return text;
        }
        problem(key, "'" + key + "' must be " + mustBe + ", not '" + text + "'", "");
        return null;
    }

    /** Return a list of texts; empty if the key is absent. */
    public List<String> texts(String key) {
        ListValue list = list(key);
        List<String> texts = new ArrayList<>();
        if (list != null) {
            for (Value item : list.items()) {
                if (item instanceof ScalarValue scalar && scalar.value() != null) {
                    String text = text(key, scalar);
                    if (text != null) {
                        texts.add(text);
                    }
                } else {
                    problems.add(item.location(), subject + ": '" + key + "' must list texts, not " + item.describe());
                }
            }
        }
        return texts;
    }

    /** Return a list of texts, or the one text that stands in its place. */
    public List<String> textOrTexts(String key) {
        if (value(key) instanceof ScalarValue scalar) {
            String text = text(key, scalar);
            return text == null ? List.of() : List.of(text);
        }
        return texts(key);
    }

    /** Return a list, or null if it is absent. */
    public @Nullable ListValue list(String key) {
        Value value = value(key);
        if (value == null || value instanceof ListValue) {
            return (ListValue) value;
        }
        wrongType(key, "a list", value);
        return null;
    }

    /** Return the mappings of a list; empty if the key is absent. */
    public List<MapValue> maps(String key) {
        ListValue list = list(key);
        List<MapValue> maps = new ArrayList<>();
        if (list != null) {
            for (Value item : list.items()) {
                if (item instanceof MapValue entry) {
                    maps.add(entry);
                } else {
                    problems.add(
                            item.location(), subject + ": '" + key + "' must list mappings, not " + item.describe());
                }
            }
        }
        return maps;
    }

    /** Return a mapping, or null if it is absent. */
    public @Nullable MapValue map(String key) {
        Value value = value(key);
        if (value == null || value instanceof MapValue) {
            return (MapValue) value;
        }
        wrongType(key, "a mapping", value);
        return null;
    }

    /**
     * Return a mapping to texts; a null value becomes an empty text.
     *
     * <p>Booleans and plain numbers are taken as they are written: who reads such properties gives them to a program.
     */
    public Map<String, String> textMap(String key) {
        MapValue values = map(key);
        Map<String, String> texts = new LinkedHashMap<>();
        if (values != null) {
            values.entries().forEach((name, entry) -> {
                if (entry.value() instanceof ScalarValue scalar) {
                    boolean isProperty = scalar.value() instanceof Boolean || scalar.isPlainNumber();
                    String text = scalar.value() == null ? "" : isProperty ? scalar.text() : text(name, scalar);
                    if (text != null) {
                        texts.put(name, text);
                    }
                } else {
                    problems.add(
                            entry.value().location(),
                            subject + ": '" + key + "." + name + "' must be a text, not "
                                    + entry.value().describe());
                }
            });
        }
        return texts;
    }

    /** Return the values of the keys that getters asked for. */
    public List<Value> knownValues() {
        return known.values();
    }

    /** Report every key that no getter asked for. */
    public void refuseUnknown() {
        refuseUnknown(key -> false);
    }

    /** Report every key that no getter asked for, except those that a rule lets pass. */
    public void refuseUnknown(Predicate<String> ignored) {
        known.refuseOthers(subject, ignored, problems);
    }

    /** Report every key that no getter asked for, in a section that an installer may pass on without reading it. */
    public void leaveUnknownToInstaller() {
        known.leaveOthersToInstaller(subject, problems);
    }

    private void wrongType(String key, String expected, Value found) {
        problem(key, "'" + key + "' must be " + expected + ", not " + found.describe(), "");
    }

    private static String shown(Value value) {
        return value instanceof ScalarValue scalar ? "'" + scalar.text() + "'" : value.describe();
    }
}
