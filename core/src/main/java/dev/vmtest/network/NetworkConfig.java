package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hold the network section of a configuration.
 *
 * @param version 1 or 2
 * @param disabled whether the installed system is to configure no network
 * @param renderer who configures the network, in netplan's word, or null
 * @param nameservers those of the whole system; version 2 has only those of interfaces
 * @param routes those of no interface; version 2 has only those of interfaces
 * @param notJudged keys of the section that are passed on, and that no check is about
 */
public record NetworkConfig(
        Location location,
        int version,
        boolean disabled,
        @Nullable Placed<String> renderer,
        List<NetworkInterface> interfaces,
        List<Nameserver> nameservers,
        List<NetworkRoute> routes,
        List<Placed<String>> notJudged) {

    public NetworkConfig {
        interfaces = List.copyOf(interfaces);
        nameservers = List.copyOf(nameservers);
        routes = List.copyOf(routes);
        notJudged = List.copyOf(notJudged);
    }

    /** Return the MAC addresses of the network cards, in order: the NICs that the machine must have. */
    public List<String> macAddresses() {
        return all(Ethernet.class)
                .map(Ethernet::cardAddress)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Return the interfaces of a kind, in order. */
    public <T extends NetworkInterface> Stream<T> all(Class<T> kind) {
        return interfaces.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Return the interface that others call so. */
    public Optional<NetworkInterface> find(String id) {
        return interfaces.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Return what an interface is a member of, which is one thing at most. */
    public Optional<NetworkInterface> masterOf(String id) {
        return interfaces.stream()
                .filter(each -> each.references().stream()
                        .anyMatch(reference -> reference.role() == Reference.Role.MEMBER
                                && reference.id().equals(id)))
                .findFirst();
    }

    /** Return the name in the installed system of what others call so. */
    public String nameOf(String id) {
        return find(id).flatMap(NetworkInterface::name).orElse(id);
    }
}
