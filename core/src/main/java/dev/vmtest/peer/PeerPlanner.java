package dev.vmtest.peer;

import dev.vmtest.config.Placed;
import dev.vmtest.network.Activation;
import dev.vmtest.network.Bond;
import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.NetworkRoute;
import dev.vmtest.network.RouteType;
import dev.vmtest.network.Setting;
import dev.vmtest.network.Vrf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Derive the opposite of a network section. The same section and NICs always give the same plan.
 *
 * <p>For each interface that has addresses and to which cables lead: its gateways, a neighbour in each network without
 * one, servers of what it asks for, and a router that announces if it heeds one. For each bond its partner. Where a
 * bridge has several ports, a neighbour is at each of them.
 */
public final class PeerPlanner {

    /** The main routing table (ip-route(8)). */
    private static final int MAIN = 254;

    private final NetworkConfig config;
    private final List<String> macAddresses;
    private final Cables cables;
    private final FreeAddresses free;
    private final StationAddresses stations = new StationAddresses();
    private final List<Lan> lans = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<Unreached> unreached = new ArrayList<>();

    private PeerPlanner(NetworkConfig config, List<String> macAddresses) {
        this.config = config;
        this.macAddresses = macAddresses;
        this.cables = new Cables(config, macAddresses);
        this.free = new FreeAddresses(config);
    }

    /**
     * Return the plan of a section.
     *
     * @param macAddresses those of the machine's NICs, in order, in lower case
     */
    public static PeerPlan of(NetworkConfig config, List<String> macAddresses) {
        return new PeerPlanner(config, List.copyOf(macAddresses)).plan();
    }

    private PeerPlan plan() {
        if (!config.disabled()) {
            for (NetworkInterface each : config.interfaces()) {
                if (each.addressing().isAddressed()) {
                    add(each);
                }
            }
        }
        return new PeerPlan(macAddresses, lans, config.disabled() ? List.of() : bundles(), goals, unreached);
    }

    private void add(NetworkInterface each) {
        List<List<Wire>> groups = cables.groups(each);
        Optional<String> obstacle = obstacle(each, groups);
        if (obstacle.isPresent()) {
            unreached.add(new Unreached(each.mark().location(), each.settings().shownName(), obstacle.get()));
            return;
        }
        boolean alone = hasOnlyDefault(Family.IPV4);
        boolean alone6 = hasOnlyDefault(Family.IPV6);
        LanPlanner lan = new LanPlanner(
                each, groups.get(0), free, stations, routesOf(each).toList(), nameservers());
        lan.add(family -> family == Family.IPV4 ? alone : alone6);
        List<Goal> found = sized(each, lan.goals());
        lans.add(lan.lan());
        goals.addAll(found);
        for (List<Wire> port : groups.subList(1, groups.size())) {
            LanPlanner further = new LanPlanner(each, port, free, stations, List.of(), List.of());
            further.addNeighbour(lan.networks());
            lans.add(further.lan());
            goals.addAll(further.goals());
        }
    }

    private Optional<String> obstacle(NetworkInterface each, List<List<Wire>> groups) {
        Activation activation = each.settings().activation();
        if (activation == Activation.BY_HAND || activation == Activation.KEPT_DOWN) {
            return Optional.of("the system does not bring it up");
        }
        if (groups.isEmpty()) {
            return Optional.of("nothing says by which NIC it is reached");
        }
        if (config.masterOf(each.id()).filter(Vrf.class::isInstance).isPresent()) {
            return Optional.of("it has a routing table of its own");
        }
        return Optional.empty();
    }

    /** Return the routes by an interface: its own, and those of no interface whose gateway is in its networks. */
    private Stream<NetworkRoute> routesOf(NetworkInterface each) {
        return Stream.concat(
                        each.addressing().routes().stream(),
                        config.routes().stream().filter(route -> {
                            var gateway = route.gateway();
                            return gateway != null
                                    && each.addressing().addresses().stream()
                                            .anyMatch(
                                                    address -> address.network().contains(gateway));
                        }))
                .filter(route -> route.type() == RouteType.UNICAST);
    }

    /** Return those of all: each is planned where it is on the network of an interface. */
    private List<Placed<IpAddress>> nameservers() {
        return Stream.concat(
                        config.nameservers().stream().flatMap(each -> each.addresses().stream()),
                        config.interfaces().stream().flatMap(each -> each.addressing().nameservers().stream()))
                .toList();
    }

    /** Return whether what no other route leads to can go one way only. */
    private boolean hasOnlyDefault(Family family) {
        boolean learns = config.interfaces().stream()
                .anyMatch(each -> each.addressing().dhcp(family).isPresent()
                        || (family == Family.IPV6 && each.addressing().heedsAdvertisements()));
        return !learns
                && Stream.concat(
                                        config.routes().stream(),
                                        config.interfaces().stream()
                                                .flatMap(each -> each.addressing().routes().stream()))
                                .filter(route -> route.isDefault() && route.family() == family && isInMainTable(route))
                                .count()
                        == 1;
    }

    static boolean isInMainTable(NetworkRoute route) {
        Integer table = route.table();
        return table == null || table == MAIN;
    }

    /** The first goal of each family is asked with the largest packet, where it is known how large that is. */
    private List<Goal> sized(NetworkInterface each, List<Goal> found) {
        List<Goal> sized = new ArrayList<>();
        for (Goal goal : found) {
            Family family = goal.address().family();
            boolean isFirst = sized.stream().noneMatch(other -> other.address().family() == family);
            sized.add(isFirst && goal.kind() != Goal.Kind.BEYOND ? goal.sized(size(each, family)) : goal);
        }
        return sized;
    }

    private int size(NetworkInterface each, Family family) {
        var ipv6Mtu = each.settings().ipv6Mtu();
        if (family == Family.IPV6 && ipv6Mtu != null) {
            return ipv6Mtu.value();
        }
        return each.settings().askedMtu().orElseGet(() -> isUsualSize(each) ? LanPlanner.USUAL_SIZE : 0);
    }

    /** What nobody says anything of has the size of Ethernet; what stands on another size may take that over. */
    private boolean isUsualSize(NetworkInterface each) {
        return cables.stack(each).stream().allMatch(part -> part.settings().mtu() == null);
    }

    private List<Bundle> bundles() {
        List<Bundle> bundles = new ArrayList<>();
        config.all(Bond.class).filter(bond -> !bond.switched()).forEach(bond -> {
            List<Integer> nics = cables.groups(bond).stream()
                    .flatMap(List::stream)
                    .filter(wire -> wire.tags().isEmpty())
                    .map(Wire::nic)
                    .toList();
            if (!nics.isEmpty()) {
                boolean negotiates = bond.mode().equals("802.3ad");
                bundles.add(new Bundle(
                        bond.id(),
                        bond.mark().location(),
                        bond.settings().shownName(),
                        nics,
                        negotiates ? stations.next() : null,
                        negotiates || isWatched(bond),
                        goals.stream()
                                .filter(goal -> goal.kind() != Goal.Kind.BEYOND)
                                .filter(goal -> goal.wires().stream()
                                        .map(Wire::nic)
                                        .toList()
                                        .equals(nics))
                                .findFirst()
                                .orElse(null)));
            }
        });
        return bundles;
    }

    private static boolean isWatched(Bond bond) {
        return bond.parameter("miimon")
                .map(Setting::value)
                .filter(value -> !value.equals("0"))
                .isPresent();
    }
}
