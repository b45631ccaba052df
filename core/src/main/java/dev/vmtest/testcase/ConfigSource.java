package dev.vmtest.testcase;

import dev.vmtest.autoinstall.Autoinstall;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.TemplatePlaces;
import dev.vmtest.installconfig.InstallConfig;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Hold the text of a configuration, curtin's or an autoinstall file, and the name under which messages speak of it.
 *
 * @param name the file as the user knows it, such as {@code examples/tests/basic.yaml}
 * @param text its content
 * @param values what the places of a template are filled with, by their names
 */
public record ConfigSource(String name, String text, Map<String, String> values) {

    public ConfigSource {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Hold a configuration that is no template. */
    public ConfigSource(String name, String text) {
        this(name, text, Map.of());
    }

    /**
     * Return the options that fill in the template, ready to be pasted; empty if nothing is filled in.
     *
     * <p>A value may be a password, so it is taken from a variable of its name: the shell says which one is not set.
     */
    public String options() {
        return values.keySet().stream()
                .map(name -> " --set " + name + "=\"${" + name + ":?}\"")
                .collect(Collectors.joining());
    }

    /** Refuse a template that is not filled in; return whether it is one. */
    boolean refuseOpenTemplate(Problems problems) {
        // What is wrong with the file is said when it is read with its values.
        MapValue written = ConfigFiles.parse(name, text, Problems.ofInstallerThatReadsTheFile());
        return TemplatePlaces.refuseOpen(written, values.keySet(), InstallConfig.TEXTS, problems);
    }

    /**
     * Return the install configuration that it is or, where it is an autoinstall file, becomes.
     *
     * @param problems takes what is wrong with it
     */
    public MapValue read(Problems problems) {
        return Autoinstall.toInstallConfig(ConfigFiles.parse(name, text, values, problems), problems);
    }

    /** Return this configuration with every token replaced by its text ({@code conf_replace}). */
    public ConfigSource replace(Map<String, String> replacements) {
        String replaced = text;
        for (Map.Entry<String, String> entry : new TreeMap<>(replacements).entrySet()) {
            replaced = replaced.replace(entry.getKey(), entry.getValue());
        }
        return new ConfigSource(name, replaced, values);
    }
}
