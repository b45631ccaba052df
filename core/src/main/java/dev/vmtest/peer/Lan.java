package dev.vmtest.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Return what there is on it, a phrase for each: virtual networks, addresses, leases, announcements. */
    public List<String> described() {
        List<String> described = new ArrayList<>();
        wires.stream()
                .filter(wire -> !wire.tags().isEmpty())
                .map(wire -> "VLAN " + wire.tags().stream().map(String::valueOf).collect(Collectors.joining(" in ")))
                .distinct()
                .forEach(described::add);
        stations.stream()
                .flatMap(station -> station.addresses().stream())
                .forEach(address -> described.add(address.toString()));
        Stream.of(leases4, leases6)
                .filter(Objects::nonNull)
                .forEach(pool -> described.add("leases of " + pool.network()));
        if (announcement != null) {
            described.add("announces " + announcement.prefix());
        }
        return List.copyOf(described);
    }
}
