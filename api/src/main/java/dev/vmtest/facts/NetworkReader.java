package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Read iproute2's JSON. */
final class NetworkReader {

    private NetworkReader() {}

    static List<NetworkInterface> interfaces(String source, String text) {
        List<NetworkInterface> interfaces = new ArrayList<>();
        for (JsonNode node : Json.parse(source, text)) {
            List<String> addresses = new ArrayList<>();
            for (JsonNode address : Json.items(node, "addr_info")) {
                addresses.add(
                        Json.required(source, address, "local") + "/" + Json.number(source, address, "prefixlen"));
            }
            interfaces.add(new NetworkInterface(
                    Json.required(source, node, "ifname"),
                    Objects.requireNonNullElse(Json.text(node, "address"), "").toLowerCase(Locale.ROOT),
                    Math.toIntExact(Json.number(source, node, "mtu")),
                    Objects.requireNonNullElse(Json.text(node, "operstate"), "UNKNOWN"),
                    addresses));
        }
        return List.copyOf(interfaces);
    }

    static List<Route> routes(String source, String text) {
        List<Route> routes = new ArrayList<>();
        for (JsonNode node : Json.parse(source, text)) {
            routes.add(new Route(
                    Json.required(source, node, "dst"),
                    Objects.requireNonNullElse(Json.text(node, "gateway"), ""),
                    Objects.requireNonNullElse(Json.text(node, "dev"), ""),
                    Json.text(node, "metric") == null ? 0 : Json.number(source, node, "metric")));
        }
        return List.copyOf(routes);
    }
}
