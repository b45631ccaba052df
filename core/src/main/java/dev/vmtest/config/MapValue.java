package dev.vmtest.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hold a YAML mapping in the order of the file.
 *
 * @param location where the mapping begins
 * @param entries its entries by key
 */
public record MapValue(Location location, Map<String, Entry> entries) implements Value {

    public MapValue {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * Hold one entry of a mapping.
     *
     * @param keyLocation where the key stands
     * @param value the value of the key
     */
    public record Entry(Location keyLocation, Value value) {}

    /** Return the value of a key, or null when the key is absent. */
    public @Nullable Value get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /** Return where a key stands, or where the mapping begins when the key is absent. */
    public Location locationOf(String key) {
        Entry entry = entries.get(key);
        return entry == null ? location : entry.keyLocation();
    }

    @Override
    public String describe() {
        return "a mapping";
    }
}
