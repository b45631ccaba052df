package dev.vmtest.installconfig;

import dev.vmtest.config.AskedKeys;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.KeySchema;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.text.TextResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Write the JSON schema of a configuration, from what the readers ask for when they read one with every section. */
public final class ConfigSchema {

    /** A configuration that says something under every key that has keys below it. */
    private static final String EVERY_KEY = "every-section.yaml";

    /** A command is a list of words or a line of shell; null removes one of another layer. */
    private static final Map<String, Object> COMMANDS = Map.of(
            "type",
            List.of("object", "null"),
            "additionalProperties",
            Map.of("type", List.of("string", "array", "null"), "items", Map.of("type", "string")));

    private ConfigSchema() {}

    /** Return the configuration that says something under every key. */
    static MapValue everyKey() {
        return ConfigFiles.parse(EVERY_KEY, TextResource.beside(ConfigSchema.class, EVERY_KEY), new Problems());
    }

    /** Return the schema as JSON's own values. */
    public static Map<String, Object> of() {
        AskedKeys asked = new AskedKeys();
        MapValue root = everyKey();
        InstallConfig.read(root, new Problems(asked));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "a configuration of vmtest, in the YAML of curtin");
        schema.putAll(new KeySchema(asked).of(root));
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Map<String, Object> all = new LinkedHashMap<>();
            properties.forEach((key, form) -> all.put(String.valueOf(key), form));
            // Both names of one section, of which a file has one.
            all.put("boot", all.getOrDefault("grub", Map.of()));
            // Versions and kinds are many; the reader says what is wrong with each.
            all.put("network", Map.of());
            // The names of commands are an author's.
            all.replaceAll((key, form) -> key.endsWith("_commands") ? COMMANDS : form);
            schema.put("properties", all);
        }
        // Placeholders, and stages of one's own.
        schema.put("patternProperties", Map.of("^_|^-?placeholder|^bucket$", Map.of(), "_commands$", COMMANDS));
        return schema;
    }
}
