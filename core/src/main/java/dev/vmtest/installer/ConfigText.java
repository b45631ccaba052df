package dev.vmtest.installer;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Write values of a configuration as text again. */
final class ConfigText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConfigText() {}

    /** Return a value as YAML that YAML 1.1 reads back as the same value. */
    static String yaml(Value value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        return new Yaml(options).dump(plain(value));
    }

    /** Return a value as JSON on one line. */
    static String json(Value value) {
        return JSON.writeValueAsString(plain(value));
    }

    /** Return a value as plain maps, lists, strings, numbers, booleans and nulls. */
    static @Nullable Object plain(Value value) {
        if (value instanceof MapValue map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> entries.put(key, plain(entry.value())));
            return entries;
        }
        if (value instanceof ListValue list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        return ((ScalarValue) value).value();
    }
}
