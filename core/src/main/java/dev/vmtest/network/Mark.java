package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;

/**
 * Say where an element of a network section stands in the YAML, and what it is called there.
 *
 * @param subject the element in the words of a message: {@code bond 'bond0'}
 * @param source the mapping that it was read from
 */
public record Mark(String subject, MapValue source) {

    /** Return where the element begins. */
    public Location location() {
        return source.location();
    }

    /** Return where a key of the element stands, or where the element begins if the key is absent. */
    public Location location(String key) {
        return source.locationOf(key);
    }
}
