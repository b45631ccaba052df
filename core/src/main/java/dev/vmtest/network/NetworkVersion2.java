package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Read network configuration version 2, netplan's format.
 *
 * <p>It is passed through to the installed system, so keys that say nothing about the machine or
 * about a check are left to the {@link NetworkInterface#source()}.
 */
final class NetworkVersion2 {

    private final Problems problems;
    private final List<NetworkInterface> interfaces = new ArrayList<>();

    NetworkVersion2(Problems problems) {
        this.problems = problems;
    }

    NetworkConfig read(MapReader section) {
        devices(section, "ethernets", InterfaceKind.PHYSICAL);
        devices(section, "bonds", InterfaceKind.BOND);
        devices(section, "bridges", InterfaceKind.BRIDGE);
        devices(section, "vlans", InterfaceKind.VLAN);
        section.accept("renderer", "wifis", "modems", "tunnels", "vrfs", "openvswitch", "dummy-devices");
        section.leaveUnknownToInstaller();
        return new NetworkConfig(section.source().location(), 2, false, interfaces, List.of(), List.of());
    }

    private void devices(MapReader section, String key, InterfaceKind kind) {
        MapValue devices = section.map(key);
        if (devices == null) {
            return;
        }
        devices.entries().forEach((id, entry) -> {
            if (entry.value() instanceof MapValue map) {
                interfaces.add(device(id, map, kind, new MapReader(map, key + " '" + id + "'", problems)));
            } else if (!(entry.value() instanceof ScalarValue scalar && scalar.value() == null)) {
                problems.add(
                        entry.value().location(),
                        "network: '" + key + "." + id + "' must be a mapping, not "
                                + entry.value().describe());
            }
        });
    }

    private NetworkInterface device(String id, MapValue map, InterfaceKind kind, MapReader reader) {
        String name = reader.text("set-name");
        MapValue parameters = reader.map("parameters");
        Map<String, String> texts = new LinkedHashMap<>();
        if (parameters != null) {
            parameters.entries().forEach((key, entry) -> {
                if (entry.value() instanceof ScalarValue scalar) {
                    texts.put(key, scalar.text());
                }
            });
        }
        boolean vlan = kind == InterfaceKind.VLAN;
        if (vlan && !reader.has("id")) {
            reader.missing("id");
        }
        return new NetworkInterface(
                map,
                kind,
                name == null ? id : name,
                mac(reader),
                reader.integer("mtu", 68, 65535),
                subnets(map.location(), reader),
                reader.texts("interfaces"),
                vlan ? reader.requiredText("link") : null,
                vlan ? reader.integer("id", 0, 4094) : null,
                texts);
    }

    private @Nullable String mac(MapReader reader) {
        MapValue match = reader.map("match");
        if (match == null) {
            return MacAddress.read(reader, "macaddress");
        }
        MapReader matching = new MapReader(match, reader.subject() + ": match", problems);
        String key = match.get("macaddress") == null && match.get("mac_address") != null ? "mac_address" : "macaddress";
        String mac = MacAddress.read(matching, key);
        matching.accept("name", "driver");
        matching.leaveUnknownToInstaller();
        return mac;
    }

    private static List<Subnet> subnets(Location location, MapReader reader) {
        List<Subnet> subnets = new ArrayList<>();
        if (reader.bool("dhcp4", false)) {
            subnets.add(subnet(location, "dhcp4", null));
        }
        if (reader.bool("dhcp6", false)) {
            subnets.add(subnet(location, "dhcp6", null));
        }
        if (reader.value("addresses") instanceof dev.vmtest.config.ListValue list
                && list.items().stream().allMatch(ScalarValue.class::isInstance)) {
            for (String address : reader.texts("addresses")) {
                IpAddresses.check(reader, "addresses", address, true);
                subnets.add(subnet(location, "static", address));
            }
        }
        return subnets;
    }

    private static Subnet subnet(Location location, String type, @Nullable String address) {
        return new Subnet(location, type, null, address, null, null, List.of(), List.of(), null, List.of());
    }
}
