package dev.vmtest.config;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Note which keys the readers of a configuration ask for, and as what, so that the list of all that a configuration may
 * say is the readers' own.
 *
 * <p>A reader asks only for the keys of mappings that are there. So the configuration that is read for this list says
 * something under every key. Mutable and confined to one thread.
 */
public final class AskedKeys {

    private final IdentityHashMap<MapValue, Map<String, Set<KeyShape>>> asked = new IdentityHashMap<>();

    /** Note that a key of a mapping was asked for; what is said first of a key comes first. */
    void note(MapValue map, String key, KeyShape shape) {
        asked.computeIfAbsent(map, any -> new LinkedHashMap<>())
                .computeIfAbsent(key, any -> new LinkedHashSet<>())
                .add(shape);
    }

    /**
     * Return the keys that were asked for in a mapping, in the order of asking, with all that each was taken for; empty
     * if no reader has read it.
     */
    public Map<String, Set<KeyShape>> of(MapValue map) {
        return Collections.unmodifiableMap(asked.getOrDefault(map, Map.of()));
    }

    /** Return every path that was asked for below a mapping: keys joined by full stops, {@code *} for each item. */
    public Set<String> paths(MapValue root) {
        Set<String> paths = new LinkedHashSet<>();
        collect(root, "", paths);
        return paths;
    }

    private void collect(Value value, String path, Set<String> paths) {
        if (value instanceof MapValue map) {
            Map<String, Set<KeyShape>> known = of(map);
            known.keySet().forEach(key -> paths.add(path + key));
            map.entries().forEach((key, entry) -> {
                // Where no reader asks for keys by name, the names are an author's.
                String step = known.isEmpty() ? "*" : key;
                collect(entry.value(), path + step + ".", paths);
            });
        } else if (value instanceof ListValue list) {
            List<Value> items = list.items();
            items.forEach(item -> collect(item, path + "*.", paths));
        }
    }
}
