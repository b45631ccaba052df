package dev.vmtest.autoinstall;

import dev.vmtest.config.ConfigMerge;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.VmtestSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gather the configuration of curtin that an autoinstall file becomes.
 *
 * <p>Mutable and confined to the reading of one file.
 */
final class Draft {

    private final Location start;
    private final MapValue own;
    private final Map<String, MapValue.Entry> top = new LinkedHashMap<>();
    private final Map<String, Map<String, MapValue.Entry>> sections = new LinkedHashMap<>();
    private final Map<String, MapValue.Entry> expected = new LinkedHashMap<>();
    private final List<Value> packages = new ArrayList<>();
    private final List<Value> users = new ArrayList<>();
    private final List<MapValue> disks = new ArrayList<>();
    private final List<Value> notJudged = new ArrayList<>();

    /**
     * Begin a draft.
     *
     * @param start where the user's file begins
     * @param own the file's own {@code vmtest} mapping, which wins over what is gathered; empty if there is none
     */
    Draft(Location start, MapValue own) {
        this.start = start;
        this.own = own;
    }

    /** Return the file's own {@code vmtest} mapping. */
    MapValue own() {
        return own;
    }

    /** Set a top-level key. */
    void put(String key, MapValue.Entry entry) {
        top.put(key, entry);
    }

    /** Set a key of a section. */
    void put(String section, String key, Value value) {
        sections.computeIfAbsent(section, name -> new LinkedHashMap<>())
                .put(key, new MapValue.Entry(value.location(), value));
    }

    /** Let the installer write a file of the target: permissions are octal digits. */
    void writeFile(Place place, String name, String path, String permissions, String content) {
        Map<String, Value> file = new LinkedHashMap<>();
        file.put("path", place.text(path));
        file.put("content", place.text(content));
        file.put("permissions", place.text(permissions));
        put("write_files", name, place.map(file));
    }

    /** Let a command run in the target after the installer's own work; in the order of the names. */
    void inTarget(Place place, String name, String... words) {
        List<Value> command =
                new ArrayList<>(place.texts("curtin", "in-target", "--").items());
        command.addAll(place.texts(words).items());
        put("late_commands", "autoinstall-" + name, place.list(command));
    }

    /** Expect something of the installed system ({@code vmtest.expect}). */
    void expect(String key, Value value) {
        expected.put(key, new MapValue.Entry(value.location(), value));
    }

    /** Expect a package in the installed system. */
    void expectPackage(ScalarValue name) {
        packages.add(name);
    }

    /** Expect a user of the installed system. */
    void expectUser(MapValue user) {
        users.add(user);
    }

    /** Say more about a disk of the machine ({@code vmtest.disks}). */
    void disk(MapValue disk) {
        disks.add(disk);
    }

    /** Say what is not done with something in the user's file, and why. */
    void notDone(Location place, String what) {
        notJudged.add(new Place(place).text("not done: " + what));
    }

    /** Say what is done with something in the user's file but not judged, and why. */
    void notJudged(Location place, String what) {
        notJudged.add(new Place(place).text("not judged: " + what));
    }

    /** Return everything as one configuration. */
    MapValue config() {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(top);
        sections.forEach((name, section) -> {
            Location first = section.values().iterator().next().keyLocation();
            entries.put(name, new MapValue.Entry(first, new MapValue(first, section)));
        });
        MapValue section = section();
        if (!section.entries().isEmpty()) {
            entries.put(VmtestSection.KEY, new MapValue.Entry(section.location(), section));
        }
        return new MapValue(start, entries);
    }

    private MapValue section() {
        Map<String, MapValue.Entry> gathered = new LinkedHashMap<>();
        list("packages", packages, expected);
        list("users", users, expected);
        if (!expected.isEmpty()) {
            gathered.put("expect", new MapValue.Entry(start, new MapValue(start, expected)));
        }
        list("not_judged", notJudged, gathered);
        MapValue merged = ConfigMerge.merge(List.of(new MapValue(start, gathered), own));
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(merged.entries());
        if (!disks.isEmpty()) {
            list("disks", allDisks(), entries);
        }
        return new MapValue(own.entries().isEmpty() ? start : own.location(), entries);
    }

    /** The file's own words about a disk win over what is gathered about it. */
    private List<Value> allDisks() {
        List<Value> all = new ArrayList<>(own.get("disks") instanceof ListValue list ? list.items() : List.of());
        Map<String, Integer> places = new HashMap<>();
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index) instanceof MapValue written) {
                places.putIfAbsent(StorageActions.text(written, "id"), index);
            }
        }
        for (MapValue disk : disks) {
            Integer same = places.get(StorageActions.text(disk, "id"));
            if (same != null && all.get(same) instanceof MapValue written) {
                all.set(same, ConfigMerge.merge(List.of(disk, written)));
            } else {
                all.add(disk);
            }
        }
        return all;
    }

    private static void list(String key, List<Value> items, Map<String, MapValue.Entry> into) {
        if (!items.isEmpty()) {
            Location first = items.get(0).location();
            into.put(key, new MapValue.Entry(first, new ListValue(first, items)));
        }
    }
}
