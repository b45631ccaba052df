package dev.vmtest.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turn YAML text into located values.
 *
 * <p>The library parses; tags, merge keys, duplicate keys and bounds are judged here, because the
 * library's own constructor loses the locations.
 */
final class YamlReader {

    private static final YamlResolver RESOLVER = new YamlResolver();
    private static final int DEEPEST = 60;
    private static final int MOST_ALIASES = 1000;
    /** Bounds what aliases may expand to, counted in values. */
    private static final long MOST_VALUES = 200_000;

    private final String name;
    private final Map<String, String> values;
    private final Problems problems;
    private final IdentityHashMap<Node, Value> converted = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Long> weights = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private SourceLines source = new SourceLines("");
    private boolean tooLarge;

    /**
     * Read one file.
     *
     * @param values what the places of a template are filled with, by their names
     */
    YamlReader(String name, Map<String, String> values, Problems problems) {
        this.name = name;
        this.values = values;
        this.problems = problems;
    }

    /** Return the value of the only document, or null after adding a problem. */
    @Nullable
    Value read(String text) {
        source = new SourceLines(text);
        Node root = compose(text);
        if (root == null) {
            return null;
        }
        Value value = convert(root);
        return tooLarge ? null : value;
    }

    private @Nullable Node compose(String text) {
        Location start = new Location(name, 1, 1);
        try {
            Node root = composer(text).getSingleNode();
            if (root == null) {
                problems.add(start, "the file is empty", "write '{}' to ask for the automatic layout");
            }
            return root;
        } catch (MarkedYAMLException invalid) {
            Mark mark = invalid.getProblemMark() == null ? invalid.getContextMark() : invalid.getProblemMark();
            problems.add(mark == null ? start : at(mark), "invalid YAML: " + sentence(invalid), remedy(invalid));
        } catch (ReaderException invalid) {
            int position = Math.min(invalid.getPosition(), text.length());
            problems.add(
                    ConfigFiles.end(name, text.substring(0, position)),
                    "invalid YAML: the character U+%04X is not allowed".formatted(invalid.getCodePoint()),
                    "write it as an escape in double quotes");
        } catch (YAMLException bounded) {
            String message = String.valueOf(bounded.getMessage());
            problems.add(
                    start,
                    message.contains("aliases")
                            ? "the file uses more than " + MOST_ALIASES + " aliases"
                            : message.contains("Nesting Depth")
                                    ? "values are nested more than " + DEEPEST + " deep"
                                    : "invalid YAML: " + message);
        }
        return null;
    }

    /** Only the parser's half of the library: a constructor and a representer would cost as much again to set up. */
    private static Composer composer(String text) {
        LoaderOptions loading = new LoaderOptions();
        loading.setNestingDepthLimit(DEEPEST);
        loading.setMaxAliasesForCollections(MOST_ALIASES);
        loading.setCodePointLimit(ConfigFiles.LARGEST_FILE);
        return new Composer(new ParserImpl(new YamlCharacters(text), loading), RESOLVER, loading);
    }

    private static String sentence(MarkedYAMLException invalid) {
        String problem = String.valueOf(invalid.getProblem()).replaceAll("\\s+", " ");
        int hint = problem.indexOf(". (");
        String shortened = hint < 0 ? problem : problem.substring(0, hint);
        String context = invalid.getContext();
        return context == null ? shortened : context.replaceAll("\\s+", " ") + ", " + shortened;
    }

    private static String remedy(MarkedYAMLException invalid) {
        String problem = String.valueOf(invalid.getProblem());
        if (problem.contains("TAB")) {
            return "indent with spaces instead of tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "check the indentation, and quote text that contains ': '";
        }
        return problem.contains("but found another document") ? "keep one document in a file" : "";
    }

    private Location at(Mark mark) {
        return new Location(name, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Location at(Node node) {
        return at(node.getStartMark());
    }

    private Value convert(Node node) {
        Value known = converted.get(node);
        if (known != null) {
            return known;
        }
        if (!open.add(node)) {
            problems.add(at(node), "this value contains itself through an alias");
            return new ScalarValue(at(node), "", null);
        }
        Value value;
        if (node instanceof MappingNode mapping) {
            value = mapping(mapping);
        } else if (node instanceof SequenceNode sequence) {
            value = sequence(sequence);
        } else {
            value = scalar((ScalarNode) node);
        }
        open.remove(node);
        converted.put(node, value);
        weigh(value);
        return value;
    }

    private void weigh(Value value) {
        long weight = 1;
        if (value instanceof MapValue map) {
            for (MapValue.Entry entry : map.entries().values()) {
                weight += weights.getOrDefault(entry.value(), 1L);
            }
        } else if (value instanceof ListValue list) {
            for (Value item : list.items()) {
                weight += weights.getOrDefault(item, 1L);
            }
        }
        weights.put(value, Math.min(weight, MOST_VALUES + 1));
        if (weight > MOST_VALUES && !tooLarge) {
            tooLarge = true;
            problems.add(value.location(), "aliases expand this value to more than " + MOST_VALUES + " values");
        }
    }

    private Value sequence(SequenceNode node) {
        refuseTag(node, Tag.SEQ);
        List<Value> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(convert(item));
        }
        return new ListValue(at(node), items);
    }

    private Value mapping(MappingNode node) {
        refuseTag(node, Tag.MAP);
        Map<String, MapValue.Entry> merged = new LinkedHashMap<>();
        Map<String, MapValue.Entry> own = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (keyNode.getTag().equals(Tag.MERGE)) {
                merge(convert(tuple.getValueNode()), merged);
            } else if (keyNode instanceof ScalarNode scalar) {
                MapValue.Entry entry = new MapValue.Entry(at(keyNode), convert(tuple.getValueNode()));
                // PyYAML lets the last one win, so whoever reads the file with it does.
                String key = TemplatePlaces.fill(scalar.getValue(), values);
                MapValue.Entry earlier = own.put(key, entry);
                if (earlier != null) {
                    twice(key, earlier.keyLocation(), entry.keyLocation());
                }
            } else {
                problems.add(at(keyNode), "a key must be a plain word, not a list or mapping");
            }
        }
        merged.putAll(own);
        return new MapValue(at(node), merged);
    }

    private void twice(String key, Location earlier, Location last) {
        problems.addUnlessLeftToInstaller(
                last,
                "key '" + key + "' is given twice",
                (problems.isLeftToInstaller() ? "the last one counts; " : "") + "remove it here or at " + earlier);
    }

    /** Add the entries of a merge key's value; what was merged before wins. */
    private void merge(Value value, Map<String, MapValue.Entry> into) {
        if (value instanceof MapValue map) {
            map.entries().forEach(into::putIfAbsent);
        } else if (value instanceof ListValue list && list.items().stream().allMatch(MapValue.class::isInstance)) {
            list.items().forEach(item -> merge(item, into));
        } else {
            problems.add(
                    value.location(),
                    "'<<' merges a mapping or a list of mappings, not " + value.describe(),
                    "refer to a mapping, e.g. '<<: *anchor'");
        }
    }

    private void refuseTag(Node node, Tag expected) {
        if (!node.getTag().equals(expected)) {
            problems.add(at(node), "unknown tag '" + node.getTag().getValue() + "'", "remove the tag");
        }
    }

    private Value scalar(ScalarNode node) {
        Location location = at(node);
        String text = TemplatePlaces.fill(node.getValue(), values);
        boolean isFilled = node.isPlain() && !text.equals(node.getValue());
        Tag tag = isFilled ? RESOLVER.resolve(NodeId.scalar, text, true) : node.getTag();
        if (node.isPlain()
                && text.length() > YamlResolver.LONGEST_NUMBER
                && YamlResolver.DIGITS_PATTERN.matcher(text).matches()) {
            problems.add(
                    location,
                    "a number of " + text.length() + " characters is too long",
                    "write one of at most " + YamlResolver.LONGEST_NUMBER + ", or quote the text");
            return new ScalarValue(location, text, text);
        }
        try {
            if (tag.equals(Tag.STR) || tag.equals(Tag.MERGE)) {
                return new ScalarValue(location, text, text, block(node, text));
            }
            if (tag.equals(Tag.TIMESTAMP)) {
                return new ScalarValue(location, text, new ScalarValue.Moment(text));
            }
            if (tag.equals(Tag.NULL)) {
                return new ScalarValue(location, text, null);
            }
            if (tag.equals(Tag.BOOL)) {
                return new ScalarValue(location, text, YamlScalars.bool(text));
            }
            if (tag.equals(Tag.INT)) {
                return new ScalarValue(location, text, YamlScalars.integer(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return new ScalarValue(location, text, YamlScalars.number(text));
            }
            if (tag.equals(Tag.BINARY)) {
                String decoded = decode(text);
                return new ScalarValue(location, decoded, decoded);
            }
        } catch (IllegalArgumentException | CharacterCodingException mismatch) {
            problems.add(location, "'" + text + "' does not fit its tag " + tag.getValue(), "remove the tag");
            return new ScalarValue(location, text, text);
        }
        problems.add(location, "unknown tag '" + tag.getValue() + "'", "remove the tag, or quote the text");
        return new ScalarValue(location, text, text);
    }

    private @Nullable BlockPlaces block(ScalarNode node, String text) {
        boolean isBlock = node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
        // What a template is filled with stands nowhere in the file.
        return isBlock && text.equals(node.getValue()) ? new BlockPlaces(at(node), source) : null;
    }

    private static String decode(String base64) throws CharacterCodingException {
        byte[] bytes = Base64.getMimeDecoder().decode(base64);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
