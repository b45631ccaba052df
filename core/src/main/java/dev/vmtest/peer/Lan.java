package dev.vmtest.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe who is on one network of the machine.
 *
 * @param owner what the other elements call the machine's interface on it
 * @param wires where it can be reached; several for the members of a bond
 * @param stations who is there; the first one leases and announces
 * @param leases4 what is leased by DHCP of IPv4, or null if nobody asks for it
 * @param leases6 what is leased by DHCP of IPv6, or null if nobody asks for it
 * @param announcement what the router announces, or null if nobody heeds it
 */
public record Lan(
        String owner,
        List<Wire> wires,
        List<Station> stations,
        @Nullable LeasePool leases4,
        @Nullable LeasePool leases6,
        @Nullable Announcement announcement) {

    public Lan {
        wires = List.copyOf(wires);
        stations = List.copyOf(stations);
    }
}
