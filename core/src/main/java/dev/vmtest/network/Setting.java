package dev.vmtest.network;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Hold one parameter of a bond or a bridge.
 *
 * @param key the key as it is written
 * @param attribute the name of the attribute that the kernel shows it under in sysfs; empty if it shows none
 * @param written the value as it is written
 * @param value the value as the kernel shows it there
 * @param port the port of a bridge that it is about, or null
 */
public record Setting(
        Location location,
        String key,
        String attribute,
        String written,
        String value,
        @Nullable String port) {

    /** Return whether the kernel shows it. */
    public boolean isShown() {
        return !attribute.isEmpty();
    }
}
