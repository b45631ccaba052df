package dev.vmtest.network;

import dev.vmtest.config.Location;
import java.util.List;
import java.util.Objects;

/**
 * Hold the network section of a configuration.
 *
 * @param version 1 or 2
 * @param disabled whether the installer must write no network configuration
 */
public record NetworkConfig(
        Location location,
        int version,
        boolean disabled,
        List<NetworkInterface> interfaces,
        List<Nameserver> nameservers,
        List<NetworkRoute> routes) {

    public NetworkConfig {
        interfaces = List.copyOf(interfaces);
        nameservers = List.copyOf(nameservers);
        routes = List.copyOf(routes);
    }

    /** Return the MAC addresses of the physical interfaces, in order: the NICs that the machine must have. */
    public List<String> macAddresses() {
        return interfaces.stream()
                .filter(candidate -> candidate.kind() == InterfaceKind.PHYSICAL)
                .map(NetworkInterface::macAddress)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
