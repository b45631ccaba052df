package dev.vmtest.network;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Read what every interface of version 2 can have (netplan's page, "Properties for all device types"). */
final class Version2Settings {

    /** What is passed on to the installed system, and shows in nothing that is collected. */
    private static final List<String> NOT_JUDGED = List.of(
            "auth",
            "critical",
            "dhcp-identifier",
            "emit-lldp",
            "generic-receive-offload",
            "generic-segmentation-offload",
            "hairpin",
            "ignore-carrier",
            "ipv6-address-generation",
            "ipv6-address-token",
            "ipv6-privacy",
            "large-receive-offload",
            "neigh-suppress",
            "networkmanager",
            "optional",
            "optional-addresses",
            "port-mac-learning",
            "ra-overrides",
            "receive-checksum-offload",
            "tcp-segmentation-offload",
            "tcp6-segmentation-offload",
            "transmit-checksum-offload",
            "wakeonlan");

    private static final Set<String> OWN_ADDRESS_WORDS =
            Set.of("permanent", "random", "stable", "stable-ssid", "preserve");

    private final MapReader reader;
    private final AddressReader values;
    private final List<Placed<String>> notJudged = new ArrayList<>();

    Version2Settings(MapReader reader) {
        this.reader = reader;
        this.values = new AddressReader(reader);
    }

    /**
     * Read them.
     *
     * @param table the routing table of routes and rules that name none; null for the main one
     */
    InterfaceSettings read(String id, @Nullable Placed<String> name, @Nullable Integer table) {
        Placed<Integer> mtu = values.number("mtu", SubnetReader.LEAST_MTU, SubnetReader.MOST_MTU);
        Placed<Integer> ipv6Mtu = values.number("ipv6-mtu", SubnetReader.LEAST_IPV6_MTU, SubnetReader.MOST_MTU);
        Placed<String> mac = ownAddress();
        Addressing addressing = addressing(table);
        for (String key : NOT_JUDGED) {
            if (reader.has(key)) {
                notJudged.add(new Placed<>(reader.source().locationOf(key), key));
            }
        }
        String renderer = reader.choice("renderer", "networkd", "NetworkManager", "sriov");
        return new InterfaceSettings(
                new Mark(reader.subject(), reader.source()),
                id,
                name,
                mac,
                mtu,
                ipv6Mtu,
                activation(addressing),
                addressing,
                renderer == null ? null : new Placed<>(reader.at("renderer"), renderer),
                notJudged);
    }

    private @Nullable Placed<String> ownAddress() {
        if (reader.value("macaddress") instanceof ScalarValue word && OWN_ADDRESS_WORDS.contains(word.text())) {
            notJudged.add(new Placed<>(reader.source().locationOf("macaddress"), "macaddress"));
            return null;
        }
        String mac = MacAddress.read(reader, "macaddress");
        return mac == null ? null : new Placed<>(reader.at("macaddress"), mac);
    }

    private Activation activation(Addressing addressing) {
        // YAML 1.1 makes a boolean of 'off'.
        if (reader.value("activation-mode") instanceof ScalarValue word) {
            switch (word.text().toLowerCase(Locale.ROOT)) {
                case "manual" -> {
                    return Activation.BY_HAND;
                }
                case "off" -> {
                    return Activation.KEPT_DOWN;
                }
                default ->
                    reader.problem(
                            "activation-mode", "'activation-mode' can't be '" + word.text() + "'", "use manual or off");
            }
        }
        return addressing.isAddressed() ? Activation.AT_BOOT : Activation.UNSAID;
    }

    private Addressing addressing(@Nullable Integer table) {
        List<StaticAddress> addresses = addresses();
        List<Dhcp> dhcp = new ArrayList<>();
        dhcp("dhcp4", Family.IPV4, dhcp);
        dhcp("dhcp6", Family.IPV6, dhcp);
        List<NetworkRoute> routes = new ArrayList<>();
        gateway("gateway4", Family.IPV4, table, routes);
        gateway("gateway6", Family.IPV6, table, routes);
        for (MapValue entry : reader.maps("routes")) {
            MapReader route = reader.within(entry, reader.subject() + ": route");
            RouteReader.version2(route, table).ifPresent(routes::add);
            route.leaveUnknownToInstaller();
        }
        List<RoutingRule> rules = new ArrayList<>();
        for (MapValue entry : reader.maps("routing-policy")) {
            RouteReader.rule(entry, reader, table).ifPresent(rules::add);
        }
        MapReader names = reader.section("nameservers", reader.subject() + ": nameservers");
        AddressReader servers = new AddressReader(names);
        List<Placed<IpAddress>> nameservers = servers.addresses("addresses");
        List<Placed<String>> searchDomains = servers.domains("search");
        names.leaveUnknownToInstaller();
        Boolean advertisements = reader.bool("accept-ra");
        return new Addressing(
                addresses,
                dhcp,
                advertisements == null ? null : new Placed<>(reader.source().locationOf("accept-ra"), advertisements),
                linkLocal(),
                routes,
                rules,
                nameservers,
                searchDomains);
    }

    private void dhcp(String key, Family family, List<Dhcp> dhcp) {
        String overrides = key + "-overrides";
        MapReader own = reader.section(overrides, reader.subject() + ": " + overrides);
        Integer metric = own.integer("route-metric", 0, Integer.MAX_VALUE);
        boolean usesNameservers = own.bool("use-dns", true);
        boolean usesRoutes = own.bool("use-routes", true);
        for (String each : List.of("hostname", "send-hostname", "use-domains", "use-hostname", "use-mtu", "use-ntp")) {
            if (own.has(each)) {
                notJudged.add(new Placed<>(own.source().locationOf(each), overrides + "." + each));
            }
        }
        own.leaveUnknownToInstaller();
        if (reader.bool(key, false)) {
            Location location = reader.source().locationOf(key);
            dhcp.add(new Dhcp(location, family, true, metric, usesNameservers, usesRoutes));
        }
    }

    private void gateway(String key, Family family, @Nullable Integer table, List<NetworkRoute> routes) {
        IpAddress gateway = values.address(key, family);
        if (gateway != null) {
            NetworkRoute route = RouteReader.byGateway(reader.at(key), gateway, null);
            routes.add(new NetworkRoute(
                    route.location(),
                    route.gatewayLocation(),
                    route.destination(),
                    gateway,
                    null,
                    table,
                    RouteType.UNICAST,
                    false,
                    null));
        }
    }

    private List<StaticAddress> addresses() {
        List<StaticAddress> addresses = new ArrayList<>();
        ListValue list = reader.list("addresses");
        for (Value item : list == null ? List.<Value>of() : list.items()) {
            if (item instanceof ScalarValue scalar) {
                address(scalar.location(), scalar.text(), null, addresses);
            } else if (item instanceof MapValue map && map.entries().size() == 1) {
                String text = map.entries().keySet().iterator().next();
                address(map.locationOf(text), text, map.get(text), addresses);
            } else {
                reader.problems()
                        .add(
                                item.location(),
                                reader.subject() + ": 'addresses' must list texts, not " + item.describe(),
                                "write e.g. 10.0.2.15/24");
            }
        }
        return addresses;
    }

    private void address(Location location, String text, @Nullable Value options, List<StaticAddress> addresses) {
        String label = null;
        String lifetime = null;
        if (options instanceof MapValue map) {
            MapReader own = reader.within(map, reader.subject() + ": address " + text);
            label = own.filledText("label");
            lifetime = own.choice("lifetime", "forever", "0");
            if (label != null && label.length() > NameRules.LONGEST) {
                own.problem("label", "the label has " + label.length() + " characters", NameRules.LIMIT);
            }
            own.leaveUnknownToInstaller();
        }
        String shownLabel = label;
        String shownLifetime = lifetime;
        values.network(location, text, true)
                .ifPresent(network -> addresses.add(new StaticAddress(location, network, shownLabel, shownLifetime)));
    }

    private @Nullable Placed<Set<Family>> linkLocal() {
        if (!reader.has("link-local")) {
            return null;
        }
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (Placed<String> word : reader.placedTexts("link-local")) {
            switch (word.value()) {
                case "ipv4" -> families.add(Family.IPV4);
                case "ipv6" -> families.add(Family.IPV6);
                default ->
                    reader.problems()
                            .add(
                                    word.location(),
                                    reader.subject() + ": 'link-local' can't list '" + word.value() + "'",
                                    "use ipv4 or ipv6");
            }
        }
        return new Placed<>(reader.source().locationOf("link-local"), families);
    }
}
