package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;
import dev.vmtest.network.IpNetwork;
import java.util.List;

/**
 * Describe one neighbour of the machine.
 *
 * @param macAddress six octets in lower case, which no other station has
 * @param addresses those that it has
 * @param beyond networks to which it is the router: it answers for all that is in them
 */
public record Station(String macAddress, List<IpAddress> addresses, List<IpNetwork> beyond) {

    public Station {
        addresses = List.copyOf(addresses);
        beyond = List.copyOf(beyond);
    }

    /** Return whether it answers for an address that a packet to it names. */
    boolean answersFor(IpAddress address) {
        return addresses.contains(address) || beyond.stream().anyMatch(network -> network.contains(address));
    }
}
