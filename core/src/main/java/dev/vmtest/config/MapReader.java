package dev.vmtest.config;

import dev.vmtest.secret.Secret;
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
    private final MapValue written;

    /**
     * Read a mapping.
     *
     * @param subject what the mapping describes, in the words of a message: {@code partition 'sda1'}
     */
    public MapReader(MapValue map, String subject, Problems problems) {
        this(map, map, subject, problems);
    }

    /** Read a mapping that was made of one that is written in the file. */
    private MapReader(MapValue map, MapValue written, String subject, Problems problems) {
        this.map = map;
        this.written = written;
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
        return new MapReader(new MapValue(section.source().location(), entries), section.source(), key, problems);
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
        note(key, new KeyShape.Any());
        return present(key) != null;
    }

    /** Return a value of any kind, or null if it is absent or null. */
    public @Nullable Value value(String key) {
        note(key, new KeyShape.ByHand());
        return present(key);
    }

    /** Return a value of any kind for whoever says otherwise what it is taken for. */
    @Nullable
    Value present(String key) {
        known.add(key);
        Value value = map.get(key);
        return value instanceof ScalarValue scalar && scalar.value() == null ? null : value;
    }

    /** Accept keys without reading them. */
    public void accept(String... keys) {
        for (String key : keys) {
            note(key, new KeyShape.Any());
        }
    }

    /**
     * Return a text.
     *
     * <p>What YAML 1.1 makes a number, a boolean or a date of is refused: curtin is given that instead of what the
     * author wrote, and {@code 0x1F}, {@code 1:20} or {@code on} would be a text to nobody but us.
     */
    public @Nullable String text(String key) {
        note(key, new KeyShape.Text());
        return new TextReader(this).text(key);
    }

    /** Return a text; an empty one counts as absent. */
    public @Nullable String filledText(String key) {
        String text = text(key);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Return the value that a word stands for; an empty one counts as absent. */
    public <T> @Nullable T filledChoice(String key, Map<String, T> words) {
        return present(key) instanceof ScalarValue scalar && scalar.text().isEmpty() ? null : choice(key, words);
    }

    /** Return a scalar that no message may quote, or null if it is absent. */
    public @Nullable Secret secret(String key) {
        note(key, new KeyShape.Text());
        return new TextReader(this).secret(key);
    }

    /** Return a scalar of any type as it is written, where a number and the text that looks like it mean the same. */
    public @Nullable String written(String key) {
        note(key, new KeyShape.Written());
        return new TextReader(this).written(key);
    }

    /** Return a text, adding a problem if it is absent or empty. */
    public String requiredText(String key) {
        note(key, new KeyShape.Text());
        return new TextReader(this).requiredText(key);
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
        note(key, new KeyShape.Text());
        return new TextReader(this).string(key);
    }

    /** Return a boolean, also written as 0 or 1. */
    public boolean bool(String key, boolean absent) {
        Boolean value = bool(key);
        return value == null ? absent : value;
    }

    /** Return a boolean, also written as 0 or 1, or null if it is absent. */
    public @Nullable Boolean bool(String key) {
        note(key, new KeyShape.Flag());
        return new NumberReader(this).bool(key);
    }

    /** Return an integer between two bounds, also written as a quoted decimal number. */
    public @Nullable Integer integer(String key, int least, int most) {
        note(key, new KeyShape.Whole(least, most));
        return new NumberReader(this).integer(key, least, most);
    }

    /** Return the value that a word stands for. */
    public <T> @Nullable T choice(String key, Map<String, T> words) {
        note(key, new KeyShape.OneOf(List.copyOf(words.keySet())));
        return new TextReader(this).choice(key, words);
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
        note(key, new KeyShape.Texts());
        return new CollectionReader(this).texts(key);
    }

    /** Return a list of texts, or the one text that stands in its place, each with its own place. */
    public List<Placed<String>> placedTexts(String key) {
        note(key, new KeyShape.TextOrTexts());
        return new CollectionReader(this).placedTexts(key);
    }

    /** Return a list of texts, or the one text that stands in its place. */
    public List<String> textOrTexts(String key) {
        note(key, new KeyShape.TextOrTexts());
        return new CollectionReader(this).textOrTexts(key);
    }

    /** Return a list, or null if it is absent. */
    public @Nullable ListValue list(String key) {
        note(key, new KeyShape.Items());
        return new CollectionReader(this).list(key);
    }

    /** Return the mappings of a list; empty if the key is absent. */
    public List<MapValue> maps(String key) {
        note(key, new KeyShape.Mappings());
        return new CollectionReader(this).maps(key);
    }

    /** Return a mapping, or null if it is absent. */
    public @Nullable MapValue map(String key) {
        note(key, new KeyShape.Mapping());
        return new CollectionReader(this).map(key);
    }

    /**
     * Return a mapping to texts; a null value becomes an empty text.
     *
     * <p>Booleans and plain numbers are taken as they are written: who reads such properties gives them to a program.
     */
    public Map<String, String> textMap(String key) {
        note(key, new KeyShape.TextMap());
        return new CollectionReader(this).textMap(key);
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

    private void note(String key, KeyShape shape) {
        known.add(key);
        problems.asked().ifPresent(asked -> asked.note(written, key, shape));
    }

    void wrongType(String key, String expected, Value found) {
        problem(key, "'" + key + "' must be " + expected + ", not " + found.describe(), "");
    }
}
