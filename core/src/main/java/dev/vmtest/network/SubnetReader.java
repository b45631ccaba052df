package dev.vmtest.network;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Read the subnets of one interface of version 1 (curtin's page "Networking", cloud-init's schema). */
final class SubnetReader {

    /** What IPv6 needs of a link at least (RFC 8200). */
    static final int LEAST_IPV6_MTU = 1280;

    static final int LEAST_MTU = 68;
    static final int MOST_MTU = 65535;

    private static final int DEFAULT_PREFIX_4 = 24;
    private static final int DEFAULT_PREFIX_6 = 64;

    private static final String[] TYPES = {
        "dhcp",
        "dhcp4",
        "dhcp6",
        "static",
        "static4",
        "static6",
        "manual",
        "loopback",
        "ipv6_slaac",
        "ipv6_dhcpv6-stateful",
        "ipv6_dhcpv6-stateless"
    };

    private final List<StaticAddress> addresses = new ArrayList<>();
    private final List<Dhcp> dhcp = new ArrayList<>();
    private final List<NetworkRoute> routes = new ArrayList<>();
    private final List<Placed<IpAddress>> nameservers = new ArrayList<>();
    private final List<Placed<String>> searchDomains = new ArrayList<>();
    private final List<Placed<String>> notJudged = new ArrayList<>();
    private final Set<Activation> activations = EnumSet.noneOf(Activation.class);
    private @Nullable Placed<Boolean> advertisements;
    private @Nullable Placed<Integer> mtu;
    private @Nullable Placed<Integer> ipv6Mtu;

    /** Read them all. */
    SubnetReader(MapReader owner) {
        advertisements = owner.bool("accept-ra") == null
                ? null
                : new Placed<>(owner.source().locationOf("accept-ra"), owner.bool("accept-ra", false));
        for (MapValue entry : owner.maps("subnets")) {
            read(owner.within(entry, owner.subject() + ": subnet"));
        }
    }

    Addressing addressing() {
        return new Addressing(addresses, dhcp, advertisements, null, routes, List.of(), nameservers, searchDomains);
    }

    /** Return the size that a subnet of IPv4 asks of the device. */
    @Nullable
    Placed<Integer> mtu() {
        return mtu;
    }

    /** Return the size that a subnet of IPv6 asks of its protocol. */
    @Nullable
    Placed<Integer> ipv6Mtu() {
        return ipv6Mtu;
    }

    List<Placed<String>> notJudged() {
        return notJudged;
    }

    /** One subnet that is brought up at boot brings up the interface, for all of them. */
    Activation activation() {
        return activations.stream().min(Enum::compareTo).orElse(Activation.UNSAID);
    }

    private void read(MapReader reader) {
        AddressReader values = new AddressReader(reader);
        if (!reader.has("type")) {
            reader.missing("type");
        }
        String type = reader.choice("type", TYPES);
        String control = reader.choice("control", "auto", "manual", "hotplug");
        activations.add(
                "manual".equals(control)
                        ? Activation.BY_HAND
                        : "hotplug".equals(control) ? Activation.HOTPLUG : Activation.AT_BOOT);
        Integer metric = reader.integer("metric", 0, Integer.MAX_VALUE);
        Optional<IpNetwork> network = network(reader, values, type);
        asked(reader, type, metric);
        gateway(reader, values, network, metric);
        nameservers.addAll(values.addresses("dns_nameservers"));
        searchDomains.addAll(values.domains("dns_search"));
        size(reader, values, type, network);
        for (MapValue entry : reader.maps("routes")) {
            MapReader route = reader.within(entry, reader.subject() + ": route");
            RouteReader.version1(route).ifPresent(routes::add);
            route.leaveUnknownToInstaller();
        }
        for (String key : List.of("broadcast", "pointopoint", "scope", "ipv4", "ipv6")) {
            if (reader.has(key)) {
                notJudged.add(new Placed<>(reader.source().locationOf(key), key));
            }
        }
        reader.leaveUnknownToInstaller();
    }

    private static boolean isStatic(@Nullable String type) {
        return type != null && type.startsWith("static");
    }

    private Optional<IpNetwork> network(MapReader reader, AddressReader values, @Nullable String type) {
        String key = reader.has("address") || !reader.has("ip_address") ? "address" : "ip_address";
        String text = reader.filledText(key);
        String netmask = reader.written("netmask");
        Integer prefix = reader.integer("prefix", 0, Family.IPV6.bits());
        if (text == null) {
            if (isStatic(type)) {
                reader.missing(key);
            }
            return Optional.empty();
        }
        Optional<IpNetwork> read = values.network(reader.at(key), text, false);
        Optional<IpNetwork> network = text.contains("/")
                ? read
                : read.flatMap(single -> withMask(values, reader, single.address(), netmask, prefix));
        if (network.isPresent() && type != null && isStatic(type)) {
            Family family = network.get().family();
            boolean other = family == Family.IPV4 ? type.equals("static6") : type.equals("static4");
            if (other) {
                reader.problem(
                        key,
                        "'" + type + "' takes no " + family.word() + " address",
                        "write 'type: static" + (family == Family.IPV6 ? "6" : "") + "'");
                return Optional.empty();
            }
            addresses.add(new StaticAddress(reader.at(key), network.get(), null, null));
        } else if (network.isPresent() && type != null && !type.equals("loopback")) {
            reader.problem(key, "a subnet of type '" + type + "' has no address of its own", "write 'type: static'");
        }
        return network;
    }

    /** Return an address with its netmask; without one it has the prefix that cloud-init gives it. */
    static Optional<IpNetwork> withMask(
            AddressReader values,
            MapReader reader,
            IpAddress address,
            @Nullable String netmask,
            @Nullable Integer prefix) {
        Family family = address.family();
        if (prefix != null && prefix <= family.bits()) {
            return Optional.of(new IpNetwork(address, prefix));
        }
        if (netmask == null || netmask.isEmpty()) {
            return Optional.of(new IpNetwork(address, family == Family.IPV4 ? DEFAULT_PREFIX_4 : DEFAULT_PREFIX_6));
        }
        Optional<Integer> bits = Netmask.prefix(netmask, family);
        if (bits.isEmpty()) {
            values.badPrefix(reader.at("netmask"), netmask, family);
        }
        return bits.map(length -> new IpNetwork(address, length));
    }

    private void asked(MapReader reader, @Nullable String type, @Nullable Integer metric) {
        var location = reader.source().locationOf("type");
        switch (type == null ? "" : type) {
            case "dhcp", "dhcp4" -> dhcp.add(Dhcp.plain(location, Family.IPV4, metric));
            case "dhcp6", "ipv6_dhcpv6-stateful" -> dhcp.add(Dhcp.plain(location, Family.IPV6, metric));
            case "ipv6_slaac" -> advertisements = new Placed<>(location, true);
            case "ipv6_dhcpv6-stateless" -> {
                advertisements = new Placed<>(location, true);
                dhcp.add(new Dhcp(location, Family.IPV6, false, metric, true, true));
            }
            default -> {
                // Its address is its own, or it has none.
            }
        }
    }

    private void gateway(
            MapReader reader, AddressReader values, Optional<IpNetwork> network, @Nullable Integer metric) {
        IpAddress gateway = values.address("gateway");
        if (gateway == null) {
            return;
        }
        if (network.isPresent() && network.get().family() != gateway.family()) {
            reader.problem(
                    "gateway",
                    "the " + gateway.family().word() + " gateway " + gateway + " is not for the "
                            + network.get().family().word() + " address "
                            + network.get().address(),
                    "");
            return;
        }
        routes.add(RouteReader.byGateway(reader.at("gateway"), gateway, metric));
    }

    private void size(MapReader reader, AddressReader values, @Nullable String type, Optional<IpNetwork> network) {
        boolean six = network.map(each -> each.family() == Family.IPV6)
                .orElse(type != null && (type.endsWith("6") || type.startsWith("ipv6")));
        Placed<Integer> size = values.number("mtu", six ? LEAST_IPV6_MTU : LEAST_MTU, MOST_MTU);
        if (size == null) {
            return;
        }
        Placed<Integer> earlier = six ? ipv6Mtu : mtu;
        if (earlier != null && !earlier.value().equals(size.value())) {
            reader.problem(
                    "mtu",
                    "an interface has one MTU for " + (six ? "IPv6" : "IPv4") + ", and " + earlier.location() + " says "
                            + earlier.value(),
                    "write the same");
        }
        if (six) {
            ipv6Mtu = size;
        } else {
            mtu = size;
        }
    }
}
