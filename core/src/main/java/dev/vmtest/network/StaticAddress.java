package dev.vmtest.network;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe an address that an interface always has.
 *
 * @param label the name that {@code ip address} shows it under, or null
 * @param lifetime {@code forever} or {@code 0}, which makes the address deprecated, or null
 */
public record StaticAddress(
        Location location,
        IpNetwork network,
        @Nullable String label,
        @Nullable String lifetime) {

    /** Return the family of the address. */
    public Family family() {
        return network.family();
    }

    /** Return whether the address is to be deprecated at once. */
    public boolean isDeprecated() {
        return "0".equals(lifetime);
    }
}
