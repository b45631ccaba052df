package dev.vmtest.storage;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;

/**
 * Say where a storage action stands in the YAML.
 *
 * @param id the action's unique id
 * @param source the mapping that it was read from
 */
public record Origin(String id, MapValue source) {

    /** Return where the action begins. */
    public Location location() {
        return source.location();
    }

    /** Return where a key of the action stands, or where the action begins if the key is absent. */
    public Location location(String key) {
        return source.locationOf(key);
    }
}
