package dev.vmtest.run;

import java.util.Map;
import java.util.TreeMap;

/**
 * Hold the text of a configuration and the name under which messages speak of it.
 *
 * @param name the file as the user knows it, such as {@code examples/tests/basic.yaml}
 * @param text its content
 */
public record ConfigSource(String name, String text) {

    /** Return this configuration with every token replaced by its text ({@code conf_replace}). */
    public ConfigSource replace(Map<String, String> replacements) {
        String replaced = text;
        for (Map.Entry<String, String> entry : new TreeMap<>(replacements).entrySet()) {
            replaced = replaced.replace(entry.getKey(), entry.getValue());
        }
        return new ConfigSource(name, replaced);
    }
}
