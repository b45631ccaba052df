package dev.vmtest.autoinstall;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.MachineNeeds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Read the network section: netplan's format, also below one more key {@code network}.
 *
 * <p>The machine is ours to choose: an interface that the file names without an address gets one, and with it that
 * name.
 */
final class NetworkSection {

    private static final int MOST_INTERFACES = 200;

    private final MapReader body;
    private final Draft draft;
    private int given;

    NetworkSection(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    void read() {
        MapValue section = body.map("network");
        if (section == null) {
            return;
        }
        MapValue network = section;
        if (section.get("network") != null) {
            MapReader outer = body.within(section, "network");
            network = outer.map("network");
            outer.refuseUnknown();
        }
        if (network == null) {
            return;
        }
        Value version = network.get("version");
        if (version == null) {
            body.problems()
                    .add(network.location(), "network: 'version' is missing", "write 'version: 2', netplan's format");
            return;
        }
        if (!(version instanceof ScalarValue scalar && scalar.text().equals("2"))) {
            body.problems()
                    .add(
                            version.location(),
                            "network: autoinstall takes version 2, netplan's format",
                            "write the section as netplan has it");
            return;
        }
        draft.put("network", new MapValue.Entry(body.source().locationOf("network"), withAddresses(network)));
    }

    private MapValue withAddresses(MapValue network) {
        if (!(network.get("ethernets") instanceof MapValue ethernets)) {
            return network;
        }
        Map<String, MapValue.Entry> named = new LinkedHashMap<>();
        ethernets.entries().forEach((id, entry) -> named.put(id, withAddress(id, entry)));
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(network.entries());
        entries.put(
                "ethernets",
                new MapValue.Entry(network.locationOf("ethernets"), new MapValue(ethernets.location(), named)));
        return new MapValue(network.location(), entries);
    }

    private MapValue.Entry withAddress(String id, MapValue.Entry entry) {
        Place place = new Place(entry.keyLocation());
        MapValue device = entry.value() instanceof MapValue map ? map : emptyAt(entry);
        if (device == null || given >= MOST_INTERFACES) {
            return entry;
        }
        Map<String, MapValue.Entry> match = device.get("match") instanceof MapValue map
                ? new LinkedHashMap<>(map.entries())
                : new LinkedHashMap<>();
        boolean hasAddress = match.containsKey("macaddress") || match.containsKey("mac_address");
        if (hasAddress || (device.get("match") == null && device.get("macaddress") != null)) {
            return entry;
        }
        boolean byName = device.get("match") == null;
        match.put("macaddress", place.entry(place.text(address())));
        Map<String, MapValue.Entry> keys = new LinkedHashMap<>(device.entries());
        keys.put("match", place.entry(new MapValue(place.location(), match)));
        if (device.get("set-name") == null) {
            String name = byName ? id : concrete(match.get("name"), id);
            keys.put("set-name", place.entry(place.text(name)));
        }
        draft.notJudged(
                entry.keyLocation(),
                "network: whether hardware has an interface that " + (byName ? "is called '" + id + "'" : "matches")
                        + "; this machine has one that is made so");
        return new MapValue.Entry(entry.keyLocation(), new MapValue(device.location(), keys));
    }

    /** An interface may have no settings at all. */
    private static @Nullable MapValue emptyAt(MapValue.Entry entry) {
        return entry.value() instanceof ScalarValue scalar && scalar.value() == null
                ? new MapValue(scalar.location(), Map.of())
                : null;
    }

    /** Return a name that a pattern of netplan matches. */
    private static String concrete(MapValue.@Nullable Entry pattern, String id) {
        String name = pattern != null && pattern.value() instanceof ScalarValue scalar
                ? Globs.example(scalar.text(), "0")
                : id;
        return name.matches("[a-zA-Z0-9_.-]{1,15}") ? name : "eth0";
    }

    /** Return the next address after the one of a machine whose configuration names none. */
    private String address() {
        String first = MachineNeeds.DEFAULT_MAC;
        int last = Integer.parseInt(first.substring(first.length() - 2), 16) + given++;
        return first.substring(0, first.length() - 2) + "%02x".formatted(last);
    }
}
