package dev.vmtest.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merge configuration layers as curtin does with several {@code --config} files: the later layer
 * wins, mappings merge key by key, lists and scalars replace.
 *
 * <p>Each value keeps the location of the layer that it came from.
 */
public final class ConfigMerge {

    private ConfigMerge() {}

    /**
     * Merge layers, first to last.
     *
     * @throws IllegalArgumentException if there is no layer
     */
    public static MapValue merge(List<MapValue> layers) {
        return layers.stream()
                .reduce(ConfigMerge::merge)
                .orElseThrow(() -> new IllegalArgumentException("no configuration layer was given"));
    }

    private static MapValue merge(MapValue base, MapValue over) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(base.entries());
        over.entries().forEach((key, entry) -> {
            if (base.get(key) instanceof MapValue below && entry.value() instanceof MapValue above) {
                entries.put(key, new MapValue.Entry(entry.keyLocation(), merge(below, above)));
            } else {
                entries.put(key, entry);
            }
        });
        // An untouched file keeps its own start as the place of the whole.
        return new MapValue(base.entries().isEmpty() ? over.location() : base.location(), entries);
    }
}
