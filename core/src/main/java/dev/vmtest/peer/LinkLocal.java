package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import java.math.BigInteger;

/** Make the address of IPv6 that a card gives itself (RFC 4291, appendix A). */
final class LinkLocal {

    private static final BigInteger PREFIX = BigInteger.valueOf(0xfe80).shiftLeft(112);

    private LinkLocal() {}

    /** Return the address of a card. */
    static IpAddress of(String macAddress) {
        String[] octets = macAddress.split(":", -1);
        String first = "%02x".formatted(Integer.parseInt(octets[0], 16) ^ 2);
        String identifier = first + octets[1] + octets[2] + "fffe" + octets[3] + octets[4] + octets[5];
        return new IpAddress(Family.IPV6, PREFIX.or(new BigInteger(identifier, 16)));
    }
}
