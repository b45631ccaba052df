package dev.vmtest.storage;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Give a layout that was written for a PC the PReP partition that a POWER machine boots from.
 *
 * <p>As in the Python harness: a disk with {@code grub_device} gets a GPT and in it a partition of 8 MiB, in place of a
 * {@code bios_grub} partition or after the last primary one; the boot loader goes there instead of to the disk, and
 * what only a PC's firmware reads goes. Unlike there, every such disk gets one, and logical partitions, which a GPT
 * does not have, become ordinary ones.
 */
public final class PrepPartition {

    private static final String ID = "prep_partition";
    private static final int PRIMARIES_BESIDE_IT = 3;
    private static final Set<String> PC_FLAGS = Set.of("boot", "bios_grub", "logical");

    private final List<Value> actions;
    private final Problems problems;

    private PrepPartition(List<Value> actions, Problems problems) {
        this.actions = new ArrayList<>(actions);
        this.problems = problems;
    }

    /**
     * Return a configuration whose layout boots on POWER: the same one where it has no layout, or one that was written
     * for POWER.
     *
     * @param config a whole configuration, which need not be valid
     * @param problems takes why a disk has no room for the partition
     */
    public static MapValue addTo(MapValue config, Problems problems) {
        if (!(config.get("storage") instanceof MapValue storage && storage.get("config") instanceof ListValue list)) {
            return config;
        }
        PrepPartition layout = new PrepPartition(list.items(), problems);
        for (MapValue disk : bootDisks(list.items())) {
            layout.prepare(disk);
        }
        return with(config, "storage", with(storage, "config", new ListValue(list.location(), layout.actions)));
    }

    private static List<MapValue> bootDisks(List<Value> actions) {
        List<MapValue> disks = new ArrayList<>();
        for (Value action : actions) {
            if (action instanceof MapValue disk && "disk".equals(text(disk, "type"))) {
                disks.add(disk);
            }
        }
        List<MapValue> chosen =
                disks.stream().filter(disk -> isTrue(disk, "grub_device")).toList();
        return chosen.isEmpty() ? disks.stream().limit(1).toList() : chosen;
    }

    private void prepare(MapValue disk) {
        String table = text(disk, "ptable");
        List<MapValue> partitions = partitions(disk);
        boolean hasOne = partitions.stream().anyMatch(partition -> "prep".equals(text(partition, "flag")));
        if (table == null || hasOne || isTrue(disk, "preserve")) {
            return;
        }
        List<MapValue> primaries = partitions.stream()
                .filter(partition -> !Set.of("extended", "logical").contains(String.valueOf(text(partition, "flag"))))
                .toList();
        if (table.equals("msdos") && primaries.size() > PRIMARIES_BESIDE_IT) {
            problems.add(
                    disk.locationOf("id"),
                    "disk '" + text(disk, "id") + "' has " + primaries.size() + " primary partitions, which leaves"
                            + " none for the PReP partition that a POWER machine boots from",
                    "write 'ptable: gpt', or use at most " + PRIMARIES_BESIDE_IT + " primary partitions");
            return;
        }
        MapValue place = primaries.stream()
                .filter(partition -> "bios_grub".equals(text(partition, "flag")))
                .findFirst()
                .orElse(null);
        if (place == null) {
            MapValue before = primaries.isEmpty() ? disk : primaries.get(primaries.size() - 1);
            actions.add(actions.indexOf(before) + 1, partition(disk, freeNumber(partitions)));
        } else {
            actions.set(actions.indexOf(place), partition(disk, place.get("number")));
        }
        replace(disk, with(without(disk, "grub_device"), "ptable", scalar(disk.locationOf("ptable"), "gpt")));
        for (MapValue partition : partitions) {
            String flag = text(partition, "flag");
            if ("extended".equals(flag)) {
                actions.remove(partition);
            } else if (flag != null && PC_FLAGS.contains(flag)) {
                replace(partition, without(partition, "flag"));
            }
        }
    }

    private List<MapValue> partitions(MapValue disk) {
        String id = text(disk, "id");
        List<MapValue> found = new ArrayList<>();
        for (Value action : actions) {
            if (action instanceof MapValue partition
                    && "partition".equals(text(partition, "type"))
                    && id != null
                    && id.equals(text(partition, "device"))) {
                found.add(partition);
            }
        }
        return found;
    }

    /** Return a number that no partition has, or null where none is written. */
    private static @Nullable Value freeNumber(List<MapValue> partitions) {
        Set<String> taken = new HashSet<>();
        for (MapValue partition : partitions) {
            String number = text(partition, "number");
            if (number != null) {
                taken.add(number);
            }
        }
        if (taken.isEmpty()) {
            return null;
        }
        int free = 1;
        while (taken.contains(Integer.toString(free))) {
            free++;
        }
        return new ScalarValue(
                partitions.get(0).locationOf("number"), Integer.toString(free), BigInteger.valueOf(free));
    }

    private MapValue partition(MapValue disk, @Nullable Value number) {
        Location location = disk.locationOf("grub_device");
        String device = String.valueOf(text(disk, "id"));
        boolean first =
                actions.stream().noneMatch(action -> action instanceof MapValue known && ID.equals(text(known, "id")));
        Map<String, Value> keys = new LinkedHashMap<>();
        keys.put("id", scalar(location, first ? ID : ID + "_" + device));
        keys.put("type", scalar(location, "partition"));
        keys.put("device", scalar(location, device));
        if (number != null) {
            keys.put("number", number);
        }
        keys.put("size", scalar(location, "8M"));
        keys.put("flag", scalar(location, "prep"));
        keys.put("wipe", scalar(location, "zero"));
        keys.put("grub_device", new ScalarValue(location, "true", true));
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        keys.forEach((key, value) -> entries.put(key, new MapValue.Entry(location, value)));
        return new MapValue(location, entries);
    }

    private void replace(MapValue old, MapValue changed) {
        int index = actions.indexOf(old);
        if (index >= 0) {
            actions.set(index, changed);
        }
    }

    private static MapValue with(MapValue map, String key, Value value) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(map.entries());
        entries.put(key, new MapValue.Entry(map.locationOf(key), value));
        return new MapValue(map.location(), entries);
    }

    private static MapValue without(MapValue map, String key) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(map.entries());
        entries.remove(key);
        return new MapValue(map.location(), entries);
    }

    private static ScalarValue scalar(Location location, String text) {
        return new ScalarValue(location, text, text);
    }

    private static @Nullable String text(MapValue map, String key) {
        return map.get(key) instanceof ScalarValue scalar ? scalar.text() : null;
    }

    private static boolean isTrue(MapValue map, String key) {
        return map.get(key) instanceof ScalarValue scalar && Boolean.TRUE.equals(scalar.value());
    }
}
