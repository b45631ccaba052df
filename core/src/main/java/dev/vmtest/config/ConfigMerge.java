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
            Value below = base.get(key);
            boolean both = below instanceof MapValue && entry.value() instanceof MapValue;
            entries.put(
                    key,
                    both
                            ? new MapValue.Entry(entry.keyLocation(), merge((MapValue) below, (MapValue) entry.value()))
                            : entry);
        });
        // An untouched file keeps its own start as the place of the whole.
        return new MapValue(base.entries().isEmpty() ? over.location() : base.location(), entries);
    }
}
