package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.IpNetwork;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkRoute;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Find addresses and networks that a configuration does not use, always the same for the same configuration. */
final class FreeAddresses {

    /** Addresses that are nobody's: documentation (RFC 5737, RFC 3849). */
    private static final List<String> FAR = List.of("203.0.113.77", "2001:db8:ffff::77");

    private static final int MOST_TRIES = 1000;

    /** Where a neighbour of IPv6 is looked for first. */
    private static final BigInteger NEIGHBOUR = BigInteger.valueOf(0xfeed);

    private final List<IpNetwork> known;
    private final Set<IpAddress> taken = new HashSet<>();
    private int networks;

    FreeAddresses(NetworkConfig config) {
        known = Stream.concat(
                        config.interfaces().stream()
                                .flatMap(each -> each.addressing().addresses().stream())
                                .map(address -> address.network()),
                        routes(config).map(NetworkRoute::destination).filter(network -> !network.isEverything()))
                .toList();
        known.forEach(network -> taken.add(network.address()));
        routes(config)
                .flatMap(route -> Optional.ofNullable(route.gateway()).stream())
                .forEach(taken::add);
        config.nameservers().forEach(each -> each.addresses().forEach(address -> taken.add(address.value())));
        config.interfaces()
                .forEach(each -> each.addressing().nameservers().forEach(address -> taken.add(address.value())));
    }

    private static Stream<NetworkRoute> routes(NetworkConfig config) {
        return Stream.concat(
                config.routes().stream(),
                config.interfaces().stream().flatMap(each -> each.addressing().routes().stream()));
    }

    /** Return a network that overlaps none of the configuration's, nor any that was returned before. */
    IpNetwork network(Family family) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int number = networks++;
            String text = family == Family.IPV4
                    ? "10." + (77 + number / 256) % 256 + "." + number % 256 + ".0/24"
                    : "fd76:6d74:" + Integer.toHexString(number + 1) + "::/64";
            IpNetwork network = IpNetwork.parse(text).orElseThrow();
            if (known.stream()
                    .noneMatch(each -> each.contains(network.address()) || network.contains(each.address()))) {
                return network;
            }
        }
        throw new IllegalStateException("no network is free beside " + known);
    }

    /** Return an address of a network that nobody has yet, for a neighbour; nothing where there is none. */
    Optional<IpAddress> neighbour(IpNetwork network) {
        IpNetwork whole = network.network();
        int hostBits = network.family().bits() - network.prefix();
        if (hostBits == 0) {
            return Optional.empty();
        }
        BigInteger base = whole.address().value();
        BigInteger hosts = BigInteger.ONE.shiftLeft(hostBits);
        boolean hasBroadcast = network.family() == Family.IPV4 && hostBits > 1;
        BigInteger next = network.family() == Family.IPV6
                ? NEIGHBOUR.mod(hosts)
                : hosts.subtract(hasBroadcast ? BigInteger.TWO : BigInteger.ONE);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            IpAddress address = new IpAddress(network.family(), base.add(next));
            boolean isNetwork = hostBits > 1 && next.signum() == 0;
            boolean isBroadcast = hasBroadcast && next.add(BigInteger.ONE).equals(hosts);
            if (!isNetwork && !isBroadcast && taken.add(address)) {
                return Optional.of(address);
            }
            next = next.subtract(BigInteger.ONE).mod(hosts);
        }
        return Optional.empty();
    }

    /** Return an address in the destination of a route that no other network of the configuration has. */
    Optional<IpAddress> beyond(IpNetwork destination) {
        if (destination.isEverything()) {
            return FAR.stream()
                    .flatMap(text -> IpAddress.parse(text).stream())
                    .filter(address -> address.family() == destination.family())
                    .filter(address -> known.stream().noneMatch(network -> network.contains(address)))
                    .filter(taken::add)
                    .findFirst();
        }
        IpNetwork whole = destination.network();
        int hostBits = destination.family().bits() - destination.prefix();
        BigInteger host = hostBits > 1 ? BigInteger.ONE : BigInteger.ZERO;
        IpAddress address =
                new IpAddress(destination.family(), whole.address().value().add(host));
        boolean isNarrower = known.stream()
                .anyMatch(network -> network.prefix() > destination.prefix() && network.contains(address));
        return isNarrower ? Optional.empty() : Optional.of(address);
    }
}
