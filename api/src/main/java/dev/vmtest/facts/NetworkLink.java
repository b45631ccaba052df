package dev.vmtest.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe an interface as the kernel has it, as {@code ip -d -j addr} listed it.
 *
 * @param index the kernel's number of it
 * @param macAddress six octets in lower case, or an empty string
 * @param permanentAddress the address that the hardware has, where it has another now; or null
 * @param mtu bytes
 * @param state {@code UP}, {@code DOWN}, {@code UNKNOWN}, {@code LOWERLAYERDOWN}
 * @param isUp whether it was brought up
 * @param kind {@code bond}, {@code bridge}, {@code vlan}, …; empty for hardware
 * @param data what the kernel says of its kind, such as {@code id} of a VLAN
 * @param master the interface that it is a part of, or null
 * @param link the interface that it stands on, or null
 */
public record NetworkLink(
        String name,
        int index,
        String macAddress,
        @Nullable String permanentAddress,
        int mtu,
        String state,
        boolean isUp,
        String kind,
        Map<String, String> data,
        @Nullable String master,
        @Nullable String link,
        List<LinkAddress> addresses) {

    public NetworkLink {
        data = Map.copyOf(data);
        addresses = List.copyOf(addresses);
    }

    /** Return the address of its hardware. */
    public String cardAddress() {
        return permanentAddress == null ? macAddress : permanentAddress;
    }

    /** Return what the kernel says of its kind. */
    public Optional<String> datum(String name) {
        return Optional.ofNullable(data.get(name));
    }
}
