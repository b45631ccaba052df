package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Read network configuration version 1: a list of typed entries (curtin's documentation, "Networking"). */
final class NetworkVersion1 {

    /** IFNAMSIZ of Linux without the closing zero. */
    private static final int LONGEST_NAME = 15;

    private static final List<String> TYPES =
            List.of("physical", "bond", "bridge", "vlan", "loopback", "nameserver", "route");
    private static final String[] SUBNET_TYPES = {
        "dhcp",
        "dhcp4",
        "dhcp6",
        "static",
        "static4",
        "static6",
        "manual",
        "ipv6_slaac",
        "ipv6_dhcpv6-stateful",
        "ipv6_dhcpv6-stateless"
    };
    private static final String[] CONTROLS = {"auto", "manual", "hotplug"};

    private final Problems problems;
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final List<Nameserver> nameservers = new ArrayList<>();
    private final List<NetworkRoute> routes = new ArrayList<>();

    NetworkVersion1(Problems problems) {
        this.problems = problems;
    }

    NetworkConfig read(MapReader section) {
        if (!section.has("config")) {
            section.missing("config");
        }
        for (MapValue entry : section.maps("config")) {
            entry(entry);
        }
        section.leaveUnknownToInstaller();
        refuseDuplicates();
        refuseDangling();
        return new NetworkConfig(section.source().location(), 1, false, interfaces, nameservers, routes);
    }

    private void entry(MapValue entry) {
        MapReader plain = new MapReader(entry, "network entry", problems);
        if (!plain.has("type")) {
            plain.missing("type");
            return;
        }
        String type = plain.choice("type", TYPES.toArray(String[]::new));
        if (type == null) {
            return;
        }
        String name = entry.get("name") instanceof ScalarValue scalar ? " '" + scalar.text() + "'" : "";
        MapReader reader = new MapReader(entry, type + name, problems);
        reader.accept("type", "id");
        switch (type) {
            case "nameserver" -> nameservers.add(nameserver(reader));
            case "route" -> routes.add(route(reader, "destination"));
            default -> interfaces.add(networkInterface(reader, type));
        }
        reader.leaveUnknownToInstaller();
    }

    private static Nameserver nameserver(MapReader reader) {
        if (!reader.has("address")) {
            reader.missing("address");
        }
        reader.accept("interface");
        List<String> addresses = reader.textOrTexts("address");
        for (String address : addresses) {
            IpAddresses.check(reader, "address", address, false);
        }
        return new Nameserver(reader.source().location(), addresses, reader.textOrTexts("search"));
    }

    static NetworkRoute route(MapReader reader, String destinationKey) {
        String destination = reader.requiredText(destinationKey);
        if (!destination.isEmpty() && !destination.equals("default")) {
            IpAddresses.check(reader, destinationKey, destination, true);
        }
        String gateway = reader.requiredText("gateway");
        if (!gateway.isEmpty()) {
            IpAddresses.check(reader, "gateway", gateway, false);
        }
        return new NetworkRoute(
                reader.source().location(),
                destination,
                reader.written("netmask"),
                gateway,
                reader.integer("metric", 0, Integer.MAX_VALUE));
    }

    private NetworkInterface networkInterface(MapReader reader, String type) {
        String name = reader.requiredText("name");
        if (name.length() > LONGEST_NAME) {
            reader.problem(
                    "name", "the name has " + name.length() + " characters", "Linux allows at most " + LONGEST_NAME);
        }
        InterfaceKind kind = InterfaceKind.valueOf(type.toUpperCase(Locale.ROOT));
        List<String> members = List.of();
        String link = null;
        Integer vlanId = null;
        Map<String, String> parameters = Map.of();
        if (kind == InterfaceKind.BOND || kind == InterfaceKind.BRIDGE) {
            String key = type + "_interfaces";
            if (!reader.has(key)) {
                reader.missing(key);
            }
            members = reader.texts(key);
            parameters = parameters(reader);
        } else if (kind == InterfaceKind.VLAN) {
            link = reader.requiredText("vlan_link");
            vlanId = reader.integer("vlan_id", 0, 4094);
            if (!reader.has("vlan_id")) {
                reader.missing("vlan_id");
            }
        }
        return new NetworkInterface(
                reader.source(),
                kind,
                name,
                MacAddress.read(reader, "mac_address"),
                reader.integer("mtu", 68, 65535),
                subnets(reader),
                members,
                link,
                vlanId,
                parameters);
    }

    private static Map<String, String> parameters(MapReader reader) {
        MapValue values = reader.map("params");
        Map<String, String> texts = new LinkedHashMap<>();
        if (values != null) {
            values.entries().forEach((key, entry) -> {
                if (entry.value() instanceof ScalarValue scalar) {
                    texts.put(key, scalar.text());
                }
            });
        }
        return texts;
    }

    private List<Subnet> subnets(MapReader reader) {
        List<Subnet> subnets = new ArrayList<>();
        for (MapValue entry : reader.maps("subnets")) {
            subnets.add(subnet(new MapReader(entry, reader.subject() + ": subnet", problems)));
        }
        return subnets;
    }

    private Subnet subnet(MapReader reader) {
        if (!reader.has("type")) {
            reader.missing("type");
        }
        String type = reader.choice("type", SUBNET_TYPES);
        String address = reader.text("address");
        if (address != null) {
            IpAddresses.check(reader, "address", address, true);
        } else if (type != null && type.startsWith("static")) {
            reader.missing("address");
        }
        String gateway = reader.text("gateway");
        if (gateway != null) {
            IpAddresses.check(reader, "gateway", gateway, false);
        }
        List<NetworkRoute> subnetRoutes = new ArrayList<>();
        for (MapValue entry : reader.maps("routes")) {
            MapReader route = new MapReader(entry, reader.subject() + ": route", problems);
            String key = entry.get("destination") == null ? "network" : "destination";
            subnetRoutes.add(route(route, key));
            route.leaveUnknownToInstaller();
        }
        Subnet subnet = new Subnet(
                reader.source().location(),
                type == null ? "manual" : type,
                reader.choice("control", CONTROLS),
                address,
                reader.written("netmask"),
                gateway,
                reader.textOrTexts("dns_nameservers"),
                reader.textOrTexts("dns_search"),
                reader.integer("mtu", 68, 65535),
                subnetRoutes);
        reader.accept("id", "metric", "broadcast", "scope", "pointopoint", "ipv4", "ipv6");
        reader.leaveUnknownToInstaller();
        return subnet;
    }

    private void refuseDuplicates() {
        Map<String, Location> names = new HashMap<>();
        Map<String, Location> macs = new HashMap<>();
        for (NetworkInterface entry : interfaces) {
            refuse("name", entry.name(), entry, names);
            if (entry.kind() == InterfaceKind.PHYSICAL) {
                refuse("mac_address", entry.macAddress(), entry, macs);
            }
        }
    }

    private void refuse(String key, @Nullable String value, NetworkInterface entry, Map<String, Location> seen) {
        if (value == null || value.isEmpty()) {
            return;
        }
        Location here = entry.source().locationOf(key);
        Location first = seen.putIfAbsent(value, here);
        if (first != null) {
            problems.add(here, key + " '" + value + "' is already used at " + first, "change one of them");
        }
    }

    private void refuseDangling() {
        List<String> names = interfaces.stream().map(NetworkInterface::name).toList();
        for (NetworkInterface entry : interfaces) {
            List<String> wanted = new ArrayList<>(entry.members());
            if (entry.link() != null && !entry.link().isEmpty()) {
                wanted.add(entry.link());
            }
            String key = entry.kind() == InterfaceKind.VLAN
                    ? "vlan_link"
                    : entry.kind() == InterfaceKind.BOND ? "bond_interfaces" : "bridge_interfaces";
            for (String name : wanted) {
                if (!names.contains(name)) {
                    problems.add(
                            entry.source().locationOf(key),
                            "'" + entry.name() + "' refers to interface '" + name + "', which is not defined",
                            Suggestion.didYouMean(name, names));
                }
            }
        }
    }
}
