package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;
import dev.vmtest.network.IpNetwork;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Describe the addresses that a station gives to who asks.
 *
 * @param server the station's own address, which is the router and the nameserver, too
 * @param network the network with all of them
 */
public record LeasePool(IpAddress server, IpNetwork network) {

    /** How many machines get an address; a test has one, with a NIC or a VLAN each. */
    static final int SIZE = 64;

    private static final int FIRST = 100;

    /** Return the address with a number; nothing when there are no more. */
    Optional<IpAddress> address(int number) {
        return number < SIZE
                ? Optional.of(new IpAddress(
                        network.family(), network.network().address().value().add(BigInteger.valueOf(FIRST + number))))
                : Optional.empty();
    }
}
