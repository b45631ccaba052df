package dev.vmtest.network;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Hold an address with the length of its network's prefix.
 *
 * @param address any address of the network
 * @param prefix the number of leading bits that all addresses of the network share
 */
public record IpNetwork(IpAddress address, int prefix) {

    public IpNetwork {
        if (prefix < 0 || prefix > address.family().bits()) {
            throw new IllegalArgumentException(
                    "no prefix of " + address.family().word() + ": " + prefix);
        }
    }

    /** Read {@code address/prefix}, where the prefix may be a netmask; nothing where it is none. */
    public static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        return IpAddress.parse(text.substring(0, slash))
                .flatMap(address -> Netmask.prefix(text.substring(slash + 1), address.family())
                        .map(prefix -> new IpNetwork(address, prefix)));
    }

    public Family family() {
        return address.family();
    }

    /** Return whether an address is in the network. */
    public boolean contains(IpAddress other) {
        return other.family() == family() && masked(other).equals(masked(address));
    }

    /** Return the network itself: the address without the bits of its host. */
    public IpNetwork network() {
        return new IpNetwork(new IpAddress(family(), masked(address)), prefix);
    }

    /** Return whether this is every address of its family. */
    public boolean isEverything() {
        return prefix == 0;
    }

    private BigInteger masked(IpAddress other) {
        int host = family().bits() - prefix;
        return other.value().shiftRight(host).shiftLeft(host);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
