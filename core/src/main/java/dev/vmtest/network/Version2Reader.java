package dev.vmtest.network;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Read network configuration version 2, netplan's format (netplan's page "YAML configuration"). */
final class Version2Reader {

    private static final String[] TUNNEL_MODES = {
        "sit",
        "gre",
        "ip6gre",
        "ipip",
        "ipip6",
        "ip6ip6",
        "vti",
        "vti6",
        "wireguard",
        "vxlan",
        "gretap",
        "ip6gretap",
        "isatap"
    };

    private static final List<String> TUNNEL_KEYS = List.of(
            "ageing",
            "aging",
            "arp-proxy",
            "checksums",
            "do-not-fragment",
            "extensions",
            "flow-label",
            "key",
            "keys",
            "limit",
            "mac-learning",
            "mark",
            "notifications",
            "peers",
            "port",
            "port-range",
            "short-circuit",
            "ttl",
            "type-of-service");

    /** Keys of hardware that no virtual machine of ours has. */
    private static final Map<String, String> HARDWARE = Map.of(
            "link", "SR-IOV",
            "virtual-function-count", "SR-IOV",
            "embedded-switch-mode", "SR-IOV",
            "delay-virtual-functions-rebind", "SR-IOV",
            "infiniband-mode", "InfiniBand");

    /** Kinds that a virtual machine has no device for, or that netplan only keeps for another program. */
    private static final Map<String, String> REFUSED = new LinkedHashMap<>(Map.of(
            "wifis", "no virtual machine has a radio, so nothing could prove a wireless network right",
            "modems", "no virtual machine has a modem, so nothing could prove one right",
            "nm-devices", "netplan keeps these for NetworkManager, and what they mean only that knows"));

    private final MapReader section;
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final List<Placed<String>> notJudged = new ArrayList<>();

    Version2Reader(MapReader section) {
        this.section = section;
    }

    NetworkConfig read() {
        devices("ethernets");
        devices("bonds");
        devices("bridges");
        devices("vlans");
        devices("dummy-devices");
        devices("virtual-ethernets");
        devices("tunnels");
        devices("vrfs");
        REFUSED.forEach((kind, why) -> {
            if (section.has(kind)) {
                section.problems().add(section.source().locationOf(kind), "network: '" + kind + "': " + why);
            }
        });
        if (section.map("openvswitch") != null) {
            notJudged.add(new Placed<>(section.source().locationOf("openvswitch"), "openvswitch"));
        }
        String renderer = section.choice("renderer", "networkd", "NetworkManager");
        section.leaveUnknownToInstaller();
        return new NetworkConfig(
                section.source().location(),
                2,
                false,
                renderer == null ? null : new Placed<>(section.at("renderer"), renderer),
                interfaces,
                List.of(),
                List.of(),
                notJudged);
    }

    private void devices(String kind) {
        MapValue devices = section.map(kind);
        if (devices == null) {
            return;
        }
        devices.entries().forEach((id, entry) -> {
            if (entry.value() instanceof MapValue map) {
                interfaces.add(device(kind, new Placed<>(entry.keyLocation(), id), map));
            } else if (entry.value() instanceof ScalarValue scalar && scalar.value() == null) {
                MapValue empty = new MapValue(entry.keyLocation(), Map.of());
                interfaces.add(device(kind, new Placed<>(entry.keyLocation(), id), empty));
            } else if (!id.equals("renderer")) {
                section.problems()
                        .add(
                                entry.value().location(),
                                "network: '" + kind + "." + id + "' must be a mapping, not "
                                        + entry.value().describe());
            }
        });
    }

    private NetworkInterface device(String kind, Placed<String> name, MapValue source) {
        String id = name.value();
        MapReader reader = section.within(source, kind + " '" + id + "'");
        AddressReader values = new AddressReader(reader);
        boolean switched = openVswitch(reader);
        NetworkInterface device = switch (kind) {
            case "bonds" -> {
                Parameters parameters = switched ? Parameters.BOND_SWITCHED : Parameters.BOND_2;
                yield new Bond(
                        settings(reader, id, name, null),
                        reader.placedTexts("interfaces"),
                        parameters.read(reader, "parameters"),
                        switched);
            }
            case "bridges" ->
                new Bridge(
                        settings(reader, id, name, null),
                        reader.placedTexts("interfaces"),
                        Parameters.BRIDGE_2.read(reader, "parameters"),
                        switched);
            case "vlans" ->
                new Vlan(
                        settings(reader, id, name, null),
                        required(reader, "link"),
                        Version1Reader.vlanId(reader, values, "id"),
                        switched);
            case "vrfs" -> vrf(reader, values, id, name);
            case "tunnels" -> tunnel(reader, values, id, name);
            case "virtual-ethernets" -> new VirtualEthernet(settings(reader, id, name, null), required(reader, "peer"));
            case "dummy-devices" -> new DummyDevice(settings(reader, id, name, null));
            default -> ethernet(reader, id, name);
        };
        reader.leaveUnknownToInstaller();
        return device;
    }

    private static InterfaceSettings settings(
            MapReader reader, String id, @Nullable Placed<String> name, @Nullable Integer table) {
        return new Version2Settings(reader).read(id, name, table);
    }

    private static Placed<String> required(MapReader reader, String key) {
        return new Placed<>(reader.at(key), reader.requiredText(key));
    }

    private boolean openVswitch(MapReader reader) {
        MapValue own = reader.map("openvswitch");
        if (own == null) {
            return false;
        }
        MapReader keys = reader.within(own, reader.subject() + ": openvswitch");
        keys.accept(
                "external-ids",
                "other-config",
                "lacp",
                "fail-mode",
                "mcast-snooping",
                "protocols",
                "rstp",
                "controller",
                "ports",
                "ssl");
        keys.leaveUnknownToInstaller();
        own.entries()
                .forEach((key, entry) ->
                        notJudged.add(new Placed<>(entry.keyLocation(), reader.subject() + ": openvswitch." + key)));
        return true;
    }

    private Ethernet ethernet(MapReader reader, String id, Placed<String> idAsName) {
        Match match = match(reader);
        String set = reader.filledText("set-name");
        if (set != null && match == null) {
            reader.problem("set-name", "there is no 'match' that says which card gets the name", "add 'match:'");
        }
        Placed<String> name =
                set != null ? new Placed<>(reader.at("set-name"), set) : match == null ? idAsName : matchedName(match);
        HARDWARE.forEach((key, what) -> {
            if (reader.has(key)) {
                reader.problem(key, "'" + key + "' is about " + what + ", which no virtual machine here has", "");
            }
        });
        return new Ethernet(settings(reader, id, name, null), match);
    }

    /** A card that is found by its name has it. */
    private static @Nullable Placed<String> matchedName(Match match) {
        Placed<String> pattern = match.namePattern();
        return pattern != null && !pattern.value().matches(".*[*?\\[].*") ? pattern : null;
    }

    private static @Nullable Match match(MapReader reader) {
        MapValue own = reader.map("match");
        if (own == null) {
            return null;
        }
        MapReader keys = reader.within(own, reader.subject() + ": match");
        // curtin's own configurations also write it as version 1 does.
        String key = own.get("macaddress") == null && own.get("mac_address") != null ? "mac_address" : "macaddress";
        keys.accept("macaddress", "mac_address");
        String mac = MacAddress.read(keys, key);
        String pattern = keys.filledText("name");
        Match match = new Match(
                mac == null ? null : new Placed<>(keys.at(key), mac),
                pattern == null ? null : new Placed<>(keys.at("name"), pattern),
                keys.placedTexts("driver"));
        keys.leaveUnknownToInstaller();
        return match;
    }

    private static Vrf vrf(MapReader reader, AddressReader values, String id, Placed<String> name) {
        if (!reader.has("table")) {
            reader.missing("table");
        }
        Placed<Integer> table = values.number("table", 1, Integer.MAX_VALUE);
        return new Vrf(
                settings(reader, id, name, table == null ? null : table.value()),
                reader.placedTexts("interfaces"),
                table == null ? new Placed<>(reader.at("table"), 1) : table);
    }

    private Tunnel tunnel(MapReader reader, AddressReader values, String id, Placed<String> name) {
        if (!reader.has("mode")) {
            reader.missing("mode");
        }
        String mode = reader.choice("mode", TUNNEL_MODES);
        boolean vxlan = "vxlan".equals(mode);
        Placed<Integer> vxlanId = values.number("id", 1, (1 << 24) - 1);
        if (vxlan && !reader.has("id")) {
            reader.missing("id");
        }
        String link = reader.filledText("link");
        for (String key : TUNNEL_KEYS) {
            if (reader.has(key)) {
                notJudged.add(new Placed<>(reader.source().locationOf(key), reader.subject() + ": " + key));
            }
        }
        Tunnel tunnel = new Tunnel(
                settings(reader, id, name, null),
                new Placed<>(reader.at("mode"), mode == null ? "" : mode),
                values.placed("local"),
                values.placed("remote"),
                vxlanId,
                link == null ? null : new Placed<>(reader.at("link"), link));
        if (mode != null && !mode.equals("wireguard") && !vxlan && !reader.has("remote")) {
            reader.missing("remote");
        }
        return tunnel;
    }
}
