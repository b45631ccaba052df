package dev.vmtest.peer;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.network.Dhcp;
import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.IpNetwork;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.NetworkRoute;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plan who is on the network of one interface. */
final class LanPlanner {

    /** The largest packet of Ethernet where nobody says anything, in bytes. */
    static final int USUAL_SIZE = 1500;

    private final NetworkInterface owner;
    private final List<Wire> wires;
    private final FreeAddresses free;
    private final StationAddresses macAddresses;
    private final List<NetworkRoute> routes;
    private final List<Placed<IpAddress>> nameservers;
    private final List<Station> stations = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final Map<IpNetwork, Location> networks = new LinkedHashMap<>();
    private @Nullable LeasePool leases4;
    private @Nullable LeasePool leases6;
    private @Nullable Announcement announcement;

    LanPlanner(
            NetworkInterface owner,
            List<Wire> wires,
            FreeAddresses free,
            StationAddresses macAddresses,
            List<NetworkRoute> routes,
            List<Placed<IpAddress>> nameservers) {
        this.owner = owner;
        this.wires = wires;
        this.free = free;
        this.macAddresses = macAddresses;
        this.routes = routes;
        this.nameservers = nameservers;
        owner.addressing().addresses().stream()
                .filter(address -> !address.network().address().isLinkLocal())
                .forEach(address -> networks.putIfAbsent(address.network().network(), address.location()));
    }

    /**
     * Plan all.
     *
     * @param triesDefault whether the default route of a family is the only one
     */
    void add(Predicate<Family> triesDefault) {
        Map<IpNetwork, Location> own = new LinkedHashMap<>(networks);
        addServers();
        Set<IpAddress> gateways = new LinkedHashSet<>();
        routes.stream()
                .flatMap(route -> Optional.ofNullable(route.gateway()).stream())
                .forEach(gateways::add);
        gateways.forEach(gateway -> addGateway(gateway, triesDefault));
        addNameservers(own.keySet(), gateways);
        own.forEach((network, location) -> {
            if (gateways.stream().noneMatch(network::contains)) {
                addNeighbour(network, location);
            }
        });
    }

    /** Put a neighbour of the first network with room there, as behind a further port of a bridge. */
    void addNeighbour(Map<IpNetwork, Location> candidates) {
        for (Map.Entry<IpNetwork, Location> candidate : candidates.entrySet()) {
            if (addNeighbour(candidate.getKey(), candidate.getValue())) {
                return;
            }
        }
    }

    /** Return the networks that are on this one, each with the place that asks for it. */
    Map<IpNetwork, Location> networks() {
        return networks;
    }

    List<Goal> goals() {
        return goals;
    }

    Lan lan() {
        return new Lan(owner.id(), wires, stations, leases4, leases6, announcement);
    }

    private boolean addNeighbour(IpNetwork network, Location location) {
        Optional<IpAddress> address = free.neighbour(network);
        address.ifPresent(found -> {
            Station station = new Station(macAddresses.next(), List.of(found), List.of());
            stations.add(station);
            goal(location, found, station, Goal.Kind.NEIGHBOUR);
        });
        return address.isPresent();
    }

    private void addGateway(IpAddress gateway, Predicate<Family> triesDefault) {
        List<NetworkRoute> through =
                routes.stream().filter(route -> gateway.equals(route.gateway())).toList();
        Station station = new Station(
                macAddresses.next(),
                List.of(gateway),
                through.stream().map(NetworkRoute::destination).toList());
        stations.add(station);
        if (!gateway.isLinkLocal()) {
            goal(through.get(0).gatewayLocation(), gateway, station, Goal.Kind.GATEWAY);
        }
        for (NetworkRoute route : through) {
            if (PeerPlanner.isInMainTable(route) && (!route.isDefault() || triesDefault.test(route.family()))) {
                free.beyond(route.destination())
                        .ifPresent(address -> goal(route.location(), address, station, Goal.Kind.BEYOND));
            }
        }
    }

    private void addNameservers(Set<IpNetwork> own, Set<IpAddress> gateways) {
        Set<IpAddress> added = new HashSet<>(gateways);
        for (Placed<IpAddress> nameserver : nameservers) {
            IpAddress address = nameserver.value();
            if (own.stream().anyMatch(network -> network.contains(address)) && added.add(address)) {
                Station station = new Station(macAddresses.next(), List.of(address), List.of());
                stations.add(station);
                goal(nameserver.location(), address, station, Goal.Kind.NAMESERVER);
            }
        }
    }

    private void addServers() {
        Optional<Dhcp> dhcp4 = owner.addressing().dhcp(Family.IPV4);
        Optional<Dhcp> dhcp6 = owner.addressing().dhcp(Family.IPV6);
        var advertisements = owner.addressing().advertisements();
        boolean heeds = owner.addressing().heedsAdvertisements();
        boolean isRouted = heeds || (dhcp6.isPresent() && !owner.addressing().refusesAdvertisements());
        if (dhcp4.isEmpty() && dhcp6.isEmpty() && !isRouted) {
            return;
        }
        String macAddress = macAddresses.next();
        List<IpAddress> addresses = new ArrayList<>();
        List<IpNetwork> beyond = new ArrayList<>();
        if (dhcp4.isPresent()) {
            leases4 = pool(Family.IPV4, addresses, beyond);
        }
        if (dhcp6.isPresent() || isRouted) {
            LeasePool pool = pool(Family.IPV6, addresses, beyond);
            addresses.add(LinkLocal.of(macAddress));
            leases6 = dhcp6.isPresent() ? pool : null;
            announcement = isRouted
                    ? new Announcement(
                            pool.network(),
                            heeds,
                            dhcp6.filter(Dhcp::givesAddress).isPresent(),
                            dhcp6.isPresent())
                    : null;
        }
        Station station = new Station(macAddress, addresses, beyond);
        stations.add(station);
        if (leases4 != null) {
            goal(dhcp4.orElseThrow().location(), leases4.server(), station, Goal.Kind.SERVER);
        }
        if (announcement != null) {
            Location location = advertisements != null
                    ? advertisements.location()
                    : dhcp6.orElseThrow().location();
            addresses.stream()
                    .filter(address -> address.family() == Family.IPV6 && !address.isLinkLocal())
                    .forEach(address -> goal(location, address, station, Goal.Kind.SERVER));
        }
    }

    private LeasePool pool(Family family, List<IpAddress> addresses, List<IpNetwork> beyond) {
        IpNetwork network = free.network(family);
        networks.putIfAbsent(network, owner.mark().location());
        IpAddress server = new IpAddress(family, network.address().value().add(BigInteger.ONE));
        addresses.add(server);
        beyond.add(family.everything());
        return new LeasePool(server, network);
    }

    private void goal(Location location, IpAddress address, Station station, Goal.Kind kind) {
        goals.add(new Goal(owner.id(), location, address, station.macAddress(), wires, kind, 0));
    }
}
