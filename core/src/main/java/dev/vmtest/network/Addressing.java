package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Say which addresses, routes and nameservers an interface has.
 *
 * @param dhcp for which families it asks a server
 * @param advertisements whether it heeds router advertisements; null leaves it to the kernel
 * @param linkLocal for which families it gives itself an address of the link; null leaves it to the system
 */
public record Addressing(
        List<StaticAddress> addresses,
        List<Dhcp> dhcp,
        @Nullable Placed<Boolean> advertisements,
        @Nullable Placed<Set<Family>> linkLocal,
        List<NetworkRoute> routes,
        List<RoutingRule> rules,
        List<Placed<IpAddress>> nameservers,
        List<Placed<String>> searchDomains) {

    /** Nothing of it. */
    public static final Addressing NONE =
            new Addressing(List.of(), List.of(), null, null, List.of(), List.of(), List.of(), List.of());

    public Addressing {
        addresses = List.copyOf(addresses);
        dhcp = List.copyOf(dhcp);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        nameservers = List.copyOf(nameservers);
        searchDomains = List.copyOf(searchDomains);
    }

    /** Return how it asks a server for an address of a family. */
    public Optional<Dhcp> dhcp(Family family) {
        return dhcp.stream().filter(each -> each.family() == family).findFirst();
    }

    /** Return its own addresses of a family. */
    public List<StaticAddress> addresses(Family family) {
        return addresses.stream().filter(each -> each.family() == family).toList();
    }

    /** Return whether it is to have any address that is not of the link alone. */
    public boolean isAddressed() {
        return !addresses.isEmpty() || !dhcp.isEmpty() || heedsAdvertisements();
    }

    /** Return whether it was asked to heed router advertisements. */
    public boolean heedsAdvertisements() {
        return advertisements != null && advertisements.value();
    }

    /** Return whether it was asked not to heed them. */
    public boolean refusesAdvertisements() {
        return advertisements != null && !advertisements.value();
    }
}
