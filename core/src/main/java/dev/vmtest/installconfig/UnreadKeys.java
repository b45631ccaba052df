package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tell the top-level keys that no installer reads and that configurations have nevertheless. */
public final class UnreadKeys {

    private final MapValue root;
    private final Set<Value> used = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Look at a configuration.
     *
     * @param read the values of the keys that are read
     */
    public UnreadKeys(MapValue root, Collection<Value> read) {
        this.root = root;
        read.forEach(value -> collect(value, used));
    }

    /** Return whether a key, none of those that are read, is the home of YAML anchors, or there so that the configuration is not empty. */
    public boolean contains(String key) {
        return isPlaceholder(key) || isAnchorHome(key);
    }

    private static boolean isPlaceholder(String key) {
        return key.startsWith("_")
                || key.startsWith("placeholder")
                || key.startsWith("-placeholder")
                || key.equals("bucket");
    }

    /** Return whether an alias under a key that is read leads to something under this one. */
    private boolean isAnchorHome(String key) {
        Set<Value> own = Collections.newSetFromMap(new IdentityHashMap<>());
        Value value = root.get(key);
        if (value != null) {
            collect(value, own);
        }
        return own.stream().anyMatch(used::contains);
    }

    private static void collect(Value value, Set<Value> into) {
        if (!into.add(value)) {
            return;
        }
        if (value instanceof MapValue map) {
            map.entries().values().forEach(entry -> collect(entry.value(), into));
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> collect(item, into));
        }
    }
}
