package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hold the addresses, gateways and sizes of interfaces against each other. */
final class AddressRules {

    /** What a network card has where nothing is said. */
    private static final int DEFAULT_MTU = 1500;

    private final NetworkConfig config;
    private final Problems problems;

    AddressRules(NetworkConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void check() {
        addresses();
        for (NetworkInterface each : config.interfaces()) {
            for (NetworkRoute route : each.addressing().routes()) {
                reached(each.mark().subject(), route, List.of(each));
            }
        }
        for (NetworkRoute route : config.routes()) {
            reached("route", route, config.interfaces());
        }
        defaultRoutes();
        sizes();
        tags();
    }

    private void addresses() {
        Map<IpAddress, Location> seen = new HashMap<>();
        for (NetworkInterface each : config.interfaces()) {
            for (StaticAddress address : each.addressing().addresses()) {
                IpAddress value = address.network().address();
                Location earlier = value.isLinkLocal() ? null : seen.putIfAbsent(value, address.location());
                if (earlier != null) {
                    problems.add(
                            address.location(),
                            each.mark().subject() + ": the address " + value + " is already given at " + earlier,
                            "change one of them");
                }
            }
        }
    }

    /** A gateway is on the link of an interface; the kernel refuses the route otherwise. */
    private void reached(String subject, NetworkRoute route, List<NetworkInterface> interfaces) {
        IpAddress gateway = route.gateway();
        if (gateway == null || route.onLink() || gateway.isLinkLocal()) {
            return;
        }
        Family family = gateway.family();
        List<IpNetwork> subnets = subnets(interfaces, family).toList();
        if (subnets.stream().anyMatch(subnet -> subnet.address().equals(gateway))) {
            problems.add(
                    route.gatewayLocation(),
                    subject + ": the gateway " + gateway + " is an address of the machine itself",
                    "write the address of the router");
            return;
        }
        boolean learns = interfaces.stream()
                .anyMatch(each -> each.addressing().dhcp(family).isPresent()
                        || (family == Family.IPV6 && each.addressing().heedsAdvertisements()));
        boolean linkRoute = interfaces.stream()
                .flatMap(each -> each.addressing().routes().stream())
                .anyMatch(
                        other -> other.gateway() == null && other.destination().contains(gateway));
        if (!learns && !linkRoute && subnets.stream().noneMatch(subnet -> subnet.contains(gateway))) {
            problems.add(
                    route.gatewayLocation(),
                    subject + ": no subnet reaches the gateway " + gateway
                            + (subnets.isEmpty() ? "" : ", only " + shown(subnets)),
                    config.version() == 2
                            ? "correct one of them, or write 'on-link: true'"
                            : "correct the gateway, the address or its netmask");
        }
    }

    private static Stream<IpNetwork> subnets(List<NetworkInterface> interfaces, Family family) {
        return interfaces.stream()
                .flatMap(each -> each.addressing().addresses(family).stream())
                .map(StaticAddress::network);
    }

    private static String shown(List<IpNetwork> subnets) {
        String shown = String.join(
                ", ",
                subnets.stream().limit(5).map(each -> each.network().toString()).toList());
        return subnets.size() > 5 ? shown + ", …" : shown;
    }

    private void defaultRoutes() {
        Map<String, Location> seen = new HashMap<>();
        Stream<NetworkRoute> all = Stream.concat(
                config.interfaces().stream().flatMap(each -> each.addressing().routes().stream()),
                config.routes().stream());
        for (NetworkRoute route : all.filter(NetworkRoute::isDefault).toList()) {
            int metric = route.metric() == null ? 0 : route.metric();
            Location earlier = seen.putIfAbsent(route.family() + " " + route.table() + " " + metric, route.location());
            if (earlier != null) {
                problems.add(
                        route.location(),
                        "a default route of " + route.family().word()
                                + (route.metric() == null ? " without a metric" : " with the metric " + metric)
                                + " is already at " + earlier,
                        "give one of them another metric");
            }
        }
    }

    private void sizes() {
        config.all(Vlan.class).forEach(vlan -> {
            var mtu = vlan.settings().mtu();
            int most = config.find(vlan.link().value())
                    .flatMap(link -> link.settings().askedMtu())
                    .orElse(DEFAULT_MTU);
            if (mtu != null
                    && mtu.value() > most
                    && config.find(vlan.link().value()).isPresent()) {
                problems.add(
                        mtu.location(),
                        vlan.mark().subject() + ": the MTU " + mtu.value() + " exceeds the " + most + " of its link '"
                                + vlan.link().value() + "'",
                        "give the link 'mtu: " + mtu.value() + "', or the VLAN less");
            }
        });
    }

    private void tags() {
        List<Vlan> seen = new ArrayList<>();
        config.all(Vlan.class).forEach(vlan -> {
            for (Vlan earlier : seen) {
                if (earlier.link().value().equals(vlan.link().value())
                        && earlier.vlanId().value().equals(vlan.vlanId().value())
                        && !earlier.id().equals(vlan.id())) {
                    problems.add(
                            vlan.vlanId().location(),
                            vlan.mark().subject() + ": '" + vlan.link().value() + "' has VLAN "
                                    + vlan.vlanId().value() + " already, at "
                                    + earlier.vlanId().location(),
                            "change one of them");
                }
            }
            seen.add(vlan);
        });
    }
}
