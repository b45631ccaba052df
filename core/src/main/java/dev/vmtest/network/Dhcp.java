package dev.vmtest.network;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Say that an interface asks a DHCP server for its address.
 *
 * @param givesAddress false where only further settings are asked for, beside an address by advertisements
 * @param metric the metric of the routes that come with the lease, or null
 * @param usesNameservers whether the nameservers of the lease are used
 * @param usesRoutes whether the routes of the lease are used
 */
public record Dhcp(
        Location location,
        Family family,
        boolean givesAddress,
        @Nullable Integer metric,
        boolean usesNameservers,
        boolean usesRoutes) {

    /** Ask for an address and use all that comes with it. */
    static Dhcp plain(Location location, Family family, @Nullable Integer metric) {
        return new Dhcp(location, family, true, metric, true, true);
    }
}
