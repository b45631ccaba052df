package dev.vmtest.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Hold the value of every setting and where it came from.
 *
 * <pre>{@code
 * Settings settings = Settings.read(System.getenv());
 * int seconds = settings.get(SettingsTable.BOOT_TIMEOUT);
 * Optional<Path> topdir = settings.find(SettingsTable.TOPDIR);
 * }</pre>
 *
 * <p>Immutable. Only this class reads environment variables that affect vmtest.
 */
public final class Settings {

    private static final String PREFIX = "CURTIN_VMTEST_";

    private final Map<Setting<?>, Resolved> values;
    private final List<String> unknownVariables;

    private Settings(Map<Setting<?>, Resolved> values, List<String> unknownVariables) {
        this.values = Map.copyOf(values);
        this.unknownVariables = List.copyOf(unknownVariables);
    }

    /** Hold a value with its text and source: the name of a variable, or {@code default}. */
    private record Resolved(Object value, String text, String source) {}

    /**
     * Read all settings.
     *
     * @throws SettingsException if variables hold wrong values, with all of them
     */
    public static Settings read(Map<String, String> environment) {
        Map<Setting<?>, Resolved> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Setting<?> setting : SettingsTable.all()) {
            resolve(setting, environment, problems).ifPresent(value -> values.put(setting, value));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(values, unknown(environment));
    }

    private static Optional<Resolved> resolve(
            Setting<?> setting, Map<String, String> environment, List<String> problems) {
        for (String name : setting.names()) {
            String text = environment.get(name);
            if (text != null && (setting.type().emptyCounts() || !text.isEmpty())) {
                try {
                    return Optional.of(new Resolved(parse(setting, text), text, name));
                } catch (IllegalArgumentException wrong) {
                    problems.add(name + "='" + text + "' is not valid; it accepts "
                            + setting.type().accepts());
                    return Optional.empty();
                }
            }
        }
        String text = setting.defaultText();
        return text == null ? Optional.empty() : Optional.of(new Resolved(parse(setting, text), text, "default"));
    }

    private static Object parse(Setting<?> setting, String text) {
        return Objects.requireNonNull(setting.type().parser().parse(text));
    }

    private static List<String> unknown(Map<String, String> environment) {
        TreeSet<String> names = new TreeSet<>();
        for (String name : environment.keySet()) {
            if (name.startsWith(PREFIX)
                    && SettingsTable.all().stream()
                            .noneMatch(setting -> setting.names().contains(name))) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    /** Return the value of a setting, or empty if no variable is set and there is no default. */
    @SuppressWarnings("unchecked") // resolve() stored what this setting's own parser made
    public <T> Optional<T> find(Setting<T> setting) {
        Resolved resolved = values.get(setting);
        return resolved == null ? Optional.empty() : Optional.of((T) resolved.value());
    }

    /**
     * Return the value of a setting that has a default.
     *
     * @throws IllegalStateException if there is neither a variable nor a default
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException(setting.name() + " has no value and no default"));
    }

    /** Return the text that a setting was read from, or an empty text if it has no value. */
    public String text(Setting<?> setting) {
        Resolved resolved = values.get(setting);
        return resolved == null ? "" : resolved.text();
    }

    /** Return where a value came from: the variable's name, {@code default}, or {@code not set}. */
    public String source(Setting<?> setting) {
        Resolved resolved = values.get(setting);
        return resolved == null ? "not set" : resolved.source();
    }

    /** Return the variables that begin as ours do and that nothing reads: worth a warning. */
    public List<String> unknownVariables() {
        return unknownVariables;
    }
}
