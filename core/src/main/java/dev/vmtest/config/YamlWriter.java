package dev.vmtest.config;

import java.io.StringWriter;
import java.util.List;
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

/**
 * Write values as YAML 1.1 that reads back as the same values.
 *
 * <p>A scalar that was not a string keeps its text ({@code 0644} stays octal); a string that YAML 1.1
 * would take for something else is quoted. Anchors are written out.
 */
public final class YamlWriter {

    private YamlWriter() {}

    /** Return a value as YAML text that ends with a newline. */
    public static String write(Value value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setWidth(120);
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
            List<Node> items = list.items().stream().map(YamlWriter::node).toList();
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
                : value instanceof Boolean ? Tag.BOOL : value instanceof Double ? Tag.FLOAT : Tag.INT;
        return new ScalarNode(tag, value == null ? "null" : scalar.text(), null, null, ScalarStyle.PLAIN);
    }

    private static ScalarNode string(String text) {
        boolean lines =
                text.contains("\n") && text.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= 32 && c < 127));
        return new ScalarNode(Tag.STR, text, null, null, lines ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    }
}
