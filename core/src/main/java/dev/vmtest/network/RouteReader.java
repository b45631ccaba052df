package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read routes and routing rules of both versions. */
final class RouteReader {

    private static final Map<String, RouteType> TYPES = types();

    private RouteReader() {}

    private static Map<String, RouteType> types() {
        Map<String, RouteType> types = new LinkedHashMap<>();
        for (RouteType type : RouteType.values()) {
            types.put(type.word(), type);
        }
        return types;
    }

    /**
     * Read a route of version 1; nothing after a problem.
     *
     * <p>cloud-init takes {@code destination} before {@code network}, and 24 or 64 bits where neither prefix nor netmask
     * is there (its {@code network_state.py}).
     */
    static Optional<NetworkRoute> version1(MapReader reader) {
        AddressReader addresses = new AddressReader(reader);
        String key = reader.has("destination") || !reader.has("network") ? "destination" : "network";
        reader.accept("type", "id", "destination", "network");
        String text = reader.requiredText(key);
        IpAddress gateway = addresses.address("gateway");
        if (!reader.has("gateway")) {
            reader.missing("gateway");
        }
        String netmask = reader.written("netmask");
        Integer prefix = reader.integer("prefix", 0, Family.IPV6.bits());
        Integer metric = reader.integer("metric", 0, Integer.MAX_VALUE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.equals("default")) {
            reader.problem(
                    key,
                    "'default' is version 2's word, which cloud-init takes for no network in version 1",
                    "write 0.0.0.0/0 or '::/0'");
            return Optional.empty();
        }
        return destination(addresses, reader, key, text, netmask, prefix)
                .flatMap(destination -> route(reader, destination, gateway, metric, "gateway"));
    }

    private static Optional<IpNetwork> destination(
            AddressReader addresses,
            MapReader reader,
            String key,
            String text,
            @Nullable String netmask,
            @Nullable Integer prefix) {
        Optional<IpNetwork> whole = addresses.network(reader.at(key), text, false);
        if (whole.isEmpty() || text.contains("/")) {
            return whole.map(IpNetwork::network);
        }
        return whole.flatMap(network -> SubnetReader.withMask(addresses, reader, network.address(), netmask, prefix))
                .map(IpNetwork::network);
    }

    private static Optional<NetworkRoute> route(
            MapReader reader,
            IpNetwork destination,
            @Nullable IpAddress gateway,
            @Nullable Integer metric,
            String gatewayKey) {
        if (gateway != null && gateway.family() != destination.family()) {
            reader.problem(
                    gatewayKey,
                    "the " + gateway.family().word() + " gateway " + gateway + " cannot lead to "
                            + destination.family().word() + " " + destination,
                    "");
            return Optional.empty();
        }
        return Optional.of(new NetworkRoute(
                reader.source().location(),
                reader.at(gatewayKey),
                destination,
                gateway,
                metric,
                null,
                RouteType.UNICAST,
                false,
                null));
    }

    /** Return the route that a gateway of a subnet stands for. */
    static NetworkRoute byGateway(Location location, IpAddress gateway, @Nullable Integer metric) {
        return new NetworkRoute(
                location,
                location,
                gateway.family().everything(),
                gateway,
                metric,
                null,
                RouteType.UNICAST,
                false,
                null);
    }

    /** Read a route of version 2 (netplan's page, "Routing"); nothing after a problem. */
    static Optional<NetworkRoute> version2(MapReader reader, @Nullable Integer table) {
        AddressReader addresses = new AddressReader(reader);
        String to = reader.requiredText("to");
        IpAddress via = addresses.address("via");
        IpAddress from = addresses.address("from");
        Integer metric = reader.integer("metric", 0, Integer.MAX_VALUE);
        Integer own = reader.integer("table", 1, Integer.MAX_VALUE);
        RouteType type = reader.choice("type", TYPES);
        reader.choice("scope", "global", "link", "host");
        boolean onLink = reader.bool("on-link", false);
        reader.integer("mtu", 68, 65535);
        reader.integer("congestion-window", 1, Integer.MAX_VALUE);
        reader.integer("advertised-receive-window", 1, Integer.MAX_VALUE);
        reader.integer("advertised-mss", 1, Integer.MAX_VALUE);
        Optional<IpNetwork> destination = to.isEmpty()
                ? Optional.empty()
                : to.equals("default")
                        ? Optional.of((via == null ? Family.IPV4 : via.family()).everything())
                        : addresses.network(reader.at("to"), to, false).map(IpNetwork::network);
        if ((reader.has("type") && type == null) || (reader.has("via") && via == null)) {
            return Optional.empty();
        }
        return destination
                .flatMap(network -> route(reader, network, via, metric, "via"))
                .map(route -> new NetworkRoute(
                        route.location(),
                        route.gatewayLocation(),
                        route.destination(),
                        via,
                        metric,
                        own == null ? table : own,
                        type == null ? RouteType.UNICAST : type,
                        onLink,
                        from));
    }

    /** Read a routing rule of version 2. */
    static Optional<RoutingRule> rule(MapValue entry, MapReader parent, @Nullable Integer table) {
        MapReader reader = parent.within(entry, parent.subject() + ": routing-policy");
        AddressReader addresses = new AddressReader(reader);
        IpNetwork from = network(reader, addresses, "from");
        IpNetwork to = network(reader, addresses, "to");
        Integer own = reader.integer("table", 1, Integer.MAX_VALUE);
        RoutingRule rule = new RoutingRule(
                entry.location(),
                from,
                to,
                own == null ? table : own,
                reader.integer("priority", 0, Integer.MAX_VALUE),
                reader.integer("mark", 1, Integer.MAX_VALUE),
                reader.integer("type-of-service", 0, 255));
        if (!reader.has("from") && !reader.has("to")) {
            parent.problems()
                    .add(entry.location(), reader.subject() + ": neither 'from' nor 'to' is there", "add one of them");
            return Optional.empty();
        }
        reader.leaveUnknownToInstaller();
        return from == null && to == null ? Optional.empty() : Optional.of(rule);
    }

    private static @Nullable IpNetwork network(MapReader reader, AddressReader addresses, String key) {
        String text = reader.filledText(key);
        return text == null
                ? null
                : addresses
                        .network(reader.at(key), text, false)
                        .map(IpNetwork::network)
                        .orElse(null);
    }
}
