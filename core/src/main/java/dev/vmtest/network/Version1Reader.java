package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Read network configuration version 1: a list of typed entries (curtin's documentation, "Networking"). */
final class Version1Reader {

    private static final String[] TYPES = {"physical", "bond", "bridge", "vlan", "loopback", "nameserver", "route"};

    private final MapReader section;
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final List<Nameserver> nameservers = new ArrayList<>();
    private final List<NetworkRoute> routes = new ArrayList<>();

    Version1Reader(MapReader section) {
        this.section = section;
    }

    NetworkConfig read() {
        if (!section.has("config")) {
            section.missing("config");
        }
        for (MapValue entry : section.maps("config")) {
            entry(entry);
        }
        section.leaveUnknownToInstaller();
        return new NetworkConfig(
                section.source().location(), 1, false, null, interfaces, nameservers, routes, List.of());
    }

    private void entry(MapValue entry) {
        MapReader plain = section.within(entry, "network entry");
        if (!plain.has("type")) {
            plain.missing("type");
            return;
        }
        if (entry.get("type") instanceof ScalarValue word && word.text().equals("infiniband")) {
            plain.problem("type", "no virtual machine has InfiniBand, so nothing could prove this entry right", "");
            return;
        }
        String type = plain.choice("type", TYPES);
        if (type == null) {
            return;
        }
        String name = entry.get("name") instanceof ScalarValue scalar ? " '" + scalar.text() + "'" : "";
        MapReader reader = section.within(entry, type + name);
        reader.accept("type", "id");
        switch (type) {
            case "nameserver" -> nameservers.add(nameserver(reader));
            case "route" -> RouteReader.version1(reader).ifPresent(routes::add);
            default -> interfaces.add(networkInterface(reader, type));
        }
        reader.leaveUnknownToInstaller();
    }

    private static Nameserver nameserver(MapReader reader) {
        if (!reader.has("address")) {
            reader.missing("address");
        }
        AddressReader values = new AddressReader(reader);
        String owner = reader.filledText("interface");
        return new Nameserver(
                new Mark(reader.subject(), reader.source()),
                values.addresses("address"),
                values.domains("search"),
                owner == null ? null : new Placed<>(reader.at("interface"), owner));
    }

    private static NetworkInterface networkInterface(MapReader reader, String type) {
        AddressReader values = new AddressReader(reader);
        String mac = MacAddress.read(reader, "mac_address");
        Placed<String> address = mac == null ? null : new Placed<>(reader.at("mac_address"), mac);
        InterfaceSettings settings = settings(reader, values, type.equals("physical") ? null : address);
        return switch (type) {
            case "bond" ->
                new Bond(settings, members(reader, "bond_interfaces"), Parameters.BOND_1.read(reader, "params"), false);
            case "bridge" -> bridge(reader, settings);
            case "vlan" -> new Vlan(settings, link(reader), vlanId(reader, values, "vlan_id"), false);
            case "loopback" -> new Loopback(settings);
            default -> new Ethernet(settings, address == null ? null : new Match(address, null, List.of()));
        };
    }

    private static InterfaceSettings settings(
            MapReader reader, AddressReader values, @Nullable Placed<String> macAddress) {
        String name = reader.requiredText("name");
        Placed<Integer> mtu = values.number("mtu", SubnetReader.LEAST_MTU, SubnetReader.MOST_MTU);
        SubnetReader subnets = new SubnetReader(reader);
        List<Placed<String>> notJudged = new ArrayList<>(subnets.notJudged());
        for (String key : List.of("wakeonlan", "keep-configuration")) {
            if (reader.has(key)) {
                notJudged.add(new Placed<>(reader.source().locationOf(key), key));
            }
        }
        Placed<Integer> ofSubnet = subnets.mtu();
        return new InterfaceSettings(
                new Mark(reader.subject(), reader.source()),
                name,
                new Placed<>(reader.at("name"), name),
                macAddress,
                // cloud-init takes a subnet's before the device's (its eni.py).
                ofSubnet == null ? mtu : ofSubnet,
                subnets.ipv6Mtu(),
                subnets.activation(),
                subnets.addressing(),
                null,
                notJudged);
    }

    private static List<Placed<String>> members(MapReader reader, String key) {
        if (!reader.has(key)) {
            reader.missing(key);
        }
        return reader.placedTexts(key);
    }

    private static Bridge bridge(MapReader reader, InterfaceSettings settings) {
        List<Placed<String>> ports = members(reader, "bridge_interfaces");
        List<Setting> parameters = new ArrayList<>(Parameters.BRIDGE_1.read(reader, "params"));
        Parameters.refuseOtherPorts(parameters, ports, reader);
        // bridge_hw is what bridge-utils-interfaces(5) calls the bridge's own address.
        Setting address = parameters.stream()
                .filter(each -> each.attribute().equals(Parameters.BRIDGE_ADDRESS))
                .findFirst()
                .orElse(null);
        InterfaceSettings addressed =
                address == null ? settings : withAddress(settings, address.location(), address.value());
        parameters.remove(address);
        return new Bridge(addressed, ports, parameters, false);
    }

    private static InterfaceSettings withAddress(InterfaceSettings settings, Location location, String mac) {
        return new InterfaceSettings(
                settings.mark(),
                settings.id(),
                settings.name(),
                new Placed<>(location, mac),
                settings.mtu(),
                settings.ipv6Mtu(),
                settings.activation(),
                settings.addressing(),
                settings.renderer(),
                settings.notJudged());
    }

    private static Placed<String> link(MapReader reader) {
        return new Placed<>(reader.at("vlan_link"), reader.requiredText("vlan_link"));
    }

    /** Return the number of a VLAN; 0 after a problem. */
    static Placed<Integer> vlanId(MapReader reader, AddressReader values, String key) {
        if (!reader.has(key)) {
            reader.missing(key);
        }
        Placed<Integer> id = values.number(key, 0, Vlan.MOST);
        return id == null ? new Placed<>(reader.at(key), 0) : id;
    }
}
