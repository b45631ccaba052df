package dev.vmtest.network;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe a route.
 *
 * @param destination address with prefix length or netmask as the YAML gives it, or {@code default}
 */
public record NetworkRoute(
        Location location,
        String destination,
        @Nullable String netmask,
        String gateway,
        @Nullable Integer metric) {}
