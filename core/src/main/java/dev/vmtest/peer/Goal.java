package dev.vmtest.peer;

import dev.vmtest.config.Location;
import dev.vmtest.network.IpAddress;
import java.util.List;

/**
 * Say what the machine is to reach.
 *
 * @param owner what the other elements call the interface that leads there
 * @param location where the YAML asks for it
 * @param address what is asked for an answer
 * @param station the address of the neighbour to which the question must go
 * @param wires where it must be heard, on one of them
 * @param kind why it is there
 * @param size the largest packet that passes, in bytes, where that is known; 0 where it is not asked
 */
public record Goal(
        String owner, Location location, IpAddress address, String station, List<Wire> wires, Kind kind, int size) {

    public Goal {
        wires = List.copyOf(wires);
    }

    /** Say why something is to be reached. */
    public enum Kind {
        /** It is a gateway that the configuration names. */
        GATEWAY,
        /** It is a neighbour in the network of an address. */
        NEIGHBOUR,
        /** It leases or announces addresses. */
        SERVER,
        /** Names are asked of it. */
        NAMESERVER,
        /** A route leads to it. */
        BEYOND
    }

    /** Return the same with another size. */
    Goal sized(int other) {
        return new Goal(owner, location, address, station, wires, kind, other);
    }
}
