package dev.vmtest.config;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.databind.json.JsonMapper;

/** Write values of a configuration as text again, and as the plain objects that text is made of. */
public final class ConfigText {

    private static final int WIDTH = 120;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConfigText() {}

    /**
     * Return a value as YAML 1.1 that reads back as the same value and ends with a newline.
     *
     * <p>A scalar that was not a string keeps its text ({@code 0644} stays octal); a string that YAML
     * 1.1 would take for something else is quoted. Anchors are written out.
     */
    public static String yaml(Value value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        options.setSplitLines(false);
        Yaml yaml = new Yaml(
                new SafeConstructor(new LoaderOptions()),
                new Representer(options),
                options,
                new LoaderOptions(),
                new YamlResolver());
        StringWriter text = new StringWriter();
        yaml.serialize(node(value), text);
        return text.toString();
    }

    private static Node node(Value value) {
        if (value instanceof MapValue map) {
            List<NodeTuple> entries = map.entries().entrySet().stream()
                    .map(entry -> new NodeTuple(
                            string(entry.getKey()), node(entry.getValue().value())))
                    .toList();
            return new MappingNode(Tag.MAP, entries, map.entries().isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (value instanceof ListValue list) {
            List<Node> items = list.items().stream().map(ConfigText::node).toList();
            boolean words = items.stream().allMatch(ScalarNode.class::isInstance);
            return new SequenceNode(Tag.SEQ, items, words ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        return scalar((ScalarValue) value);
    }

    private static ScalarNode scalar(ScalarValue scalar) {
        Object value = scalar.value();
        if (value instanceof String text) {
            return string(text);
        }
        Tag tag = value == null
                ? Tag.NULL
                : value instanceof Boolean
                        ? Tag.BOOL
                        : value instanceof Double
                                ? Tag.FLOAT
                                : value instanceof ScalarValue.Moment ? Tag.TIMESTAMP : Tag.INT;
        return new ScalarNode(tag, value == null ? "null" : scalar.text(), null, null, ScalarStyle.PLAIN);
    }

    private static ScalarNode string(String text) {
        boolean lines =
                text.contains("\n") && text.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= 32 && c < 127));
        return new ScalarNode(Tag.STR, text, null, null, lines ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    }

    /** Return a value as JSON on one line. */
    public static String json(Value value) {
        return JSON.writeValueAsString(plain(value));
    }

    /** Return a mapping as plain maps, lists, strings, numbers, booleans and nulls, in its order. */
    public static Map<String, @Nullable Object> plain(MapValue map) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> entries.put(key, plain(entry.value())));
        return entries;
    }

    /** Return a value as plain maps, lists, strings, numbers, booleans and nulls. */
    public static @Nullable Object plain(Value value) {
        if (value instanceof MapValue map) {
            return plain(map);
        }
        if (value instanceof ListValue list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        ScalarValue scalar = (ScalarValue) value;
        return scalar.value() instanceof ScalarValue.Moment moment ? moment.text() : scalar.value();
    }
}
