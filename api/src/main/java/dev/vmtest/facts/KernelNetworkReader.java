package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Read what iproute2 prints with {@code -d -j}. */
final class KernelNetworkReader {

    /** What iproute2 shows for a lifetime without an end. */
    private static final String FOREVER = "4294967295";

    private KernelNetworkReader() {}

    static List<NetworkLink> links(String source, String text) {
        List<NetworkLink> links = new ArrayList<>();
        for (JsonNode node : Json.parse(source, text)) {
            // iproute2 prints an empty object for each entry that a filter leaves out.
            if (!node.isEmpty()) {
                links.add(link(source, node));
            }
        }
        return List.copyOf(links);
    }

    private static NetworkLink link(String source, JsonNode node) {
        List<LinkAddress> addresses = new ArrayList<>();
        for (JsonNode address : Json.items(node, "addr_info")) {
            if (!address.isEmpty()) {
                addresses.add(address(source, address));
            }
        }
        JsonNode info = node.get("linkinfo");
        String kind = info == null ? null : Json.text(info, "info_kind");
        String permanent = Json.text(node, "permaddr");
        return new NetworkLink(
                Json.required(source, node, "ifname"),
                Math.toIntExact(Json.number(source, node, "ifindex")),
                lower(Json.text(node, "address")),
                permanent == null ? null : lower(permanent),
                Math.toIntExact(Json.number(source, node, "mtu")),
                Objects.requireNonNullElse(Json.text(node, "operstate"), "UNKNOWN"),
                flags(node).contains("UP"),
                kind == null ? "" : kind,
                info == null ? Map.of() : data(info.get("info_data")),
                Json.text(node, "master"),
                Json.text(node, "link"),
                addresses);
    }

    private static String lower(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static List<String> flags(JsonNode node) {
        return Json.items(node, "flags").stream().map(JsonNode::asString).toList();
    }

    private static Map<String, String> data(@org.jspecify.annotations.Nullable JsonNode node) {
        Map<String, String> data = new LinkedHashMap<>();
        if (node != null) {
            node.properties().forEach(entry -> {
                if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                    data.put(entry.getKey(), entry.getValue().asString());
                }
            });
        }
        return data;
    }

    private static LinkAddress address(String source, JsonNode node) {
        String valid = Json.text(node, "valid_life_time");
        boolean limited = Json.flag(node, "dynamic") || (valid != null && !valid.equals(FOREVER));
        String protocol = Json.text(node, "protocol");
        return new LinkAddress(
                Json.required(source, node, "local"),
                Math.toIntExact(Json.number(source, node, "prefixlen")),
                Objects.requireNonNullElse(Json.text(node, "scope"), ""),
                Json.text(node, "label"),
                limited,
                Json.flag(node, "mngtmpaddr") || Json.flag(node, "temporary") || "kernel_ra".equals(protocol),
                Json.flag(node, "deprecated"),
                Json.flag(node, "tentative") || Json.flag(node, "dadfailed"));
    }

    static List<KernelRoute> routes(String source, String text, boolean version6) {
        List<KernelRoute> routes = new ArrayList<>();
        for (JsonNode node : Json.parse(source, text)) {
            if (!node.isEmpty()) {
                JsonNode hop = Json.items(node, "nexthops").stream().findFirst().orElse(node);
                String gateway =
                        Json.text(node, "gateway") == null ? Json.text(hop, "gateway") : Json.text(node, "gateway");
                String device = Json.text(node, "dev") == null ? Json.text(hop, "dev") : Json.text(node, "dev");
                routes.add(new KernelRoute(
                        version6,
                        Objects.requireNonNullElse(Json.text(node, "type"), "unicast"),
                        Json.required(source, node, "dst"),
                        Objects.requireNonNullElse(gateway, ""),
                        Objects.requireNonNullElse(device, ""),
                        Json.text(node, "metric") == null ? 0 : Json.number(source, node, "metric"),
                        Objects.requireNonNullElse(Json.text(node, "table"), "main"),
                        Objects.requireNonNullElse(Json.text(node, "protocol"), ""),
                        Json.text(node, "prefsrc")));
            }
        }
        return List.copyOf(routes);
    }

    static List<KernelRule> rules(String source, String text, boolean version6) {
        List<KernelRule> rules = new ArrayList<>();
        for (JsonNode node : Json.parse(source, text)) {
            if (!node.isEmpty()) {
                rules.add(new KernelRule(
                        version6,
                        Json.number(source, node, "priority"),
                        end(node, "src", "srclen"),
                        end(node, "dst", "dstlen"),
                        Objects.requireNonNullElse(Json.text(node, "table"), ""),
                        Objects.requireNonNullElse(Json.text(node, "fwmark"), "")));
            }
        }
        return List.copyOf(rules);
    }

    private static String end(JsonNode node, String address, String length) {
        String text = Objects.requireNonNullElse(Json.text(node, address), "all");
        String bits = Json.text(node, length);
        return bits == null ? text : text + "/" + bits;
    }
}
