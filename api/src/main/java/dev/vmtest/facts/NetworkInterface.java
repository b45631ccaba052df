package dev.vmtest.facts;

import java.util.List;

/**
 * Describe one network interface, as {@code ip -j addr} listed it.
 *
 * @param name the kernel's name
 * @param macAddress six octets in lower case, or an empty string
 * @param mtu bytes
 * @param state {@code UP}, {@code DOWN}, {@code UNKNOWN}
 * @param addresses its addresses as {@code address/prefix}
 */
public record NetworkInterface(String name, String macAddress, int mtu, String state, List<String> addresses) {

    public NetworkInterface {
        addresses = List.copyOf(addresses);
    }
}
