package dev.vmtest.storage;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Find what actions refer to, and refuse references that lead nowhere, forward, or to a wrong type. */
final class StorageReferences {

    private static final Set<ActionType> BLOCK = EnumSet.of(
            ActionType.BCACHE,
            ActionType.DEVICE,
            ActionType.DISK,
            ActionType.DM_CRYPT,
            ActionType.LVM_PARTITION,
            ActionType.PARTITION,
            ActionType.RAID);
    private static final Map<ActionType, Set<ActionType>> ALLOWED = new EnumMap<>(Map.ofEntries(
            // The kernel has one directory "bcache" for each device, and a bcache device has it already.
            Map.entry(ActionType.BCACHE, without(BLOCK, ActionType.BCACHE)),
            Map.entry(ActionType.DM_CRYPT, BLOCK),
            Map.entry(ActionType.FORMAT, BLOCK),
            Map.entry(ActionType.RAID, BLOCK),
            Map.entry(ActionType.LVM_VOLGROUP, without(BLOCK, ActionType.LVM_PARTITION)),
            Map.entry(
                    ActionType.PARTITION,
                    EnumSet.of(
                            ActionType.BCACHE,
                            ActionType.DEVICE,
                            ActionType.DISK,
                            ActionType.RAID,
                            ActionType.PARTITION)),
            Map.entry(ActionType.MOUNT, EnumSet.of(ActionType.FORMAT)),
            Map.entry(ActionType.ZPOOL, EnumSet.of(ActionType.DISK, ActionType.PARTITION)),
            Map.entry(ActionType.ZFS, EnumSet.of(ActionType.ZPOOL)),
            Map.entry(ActionType.LVM_PARTITION, EnumSet.of(ActionType.LVM_VOLGROUP)),
            Map.entry(ActionType.DISK, EnumSet.of(ActionType.NVME_CONTROLLER))));
    private static final Set<ActionType> WITH_NODES = EnumSet.of(ActionType.BCACHE, ActionType.RAID);

    private StorageReferences() {}

    /** Hold one reference: the key that makes it, the id it names, and where that id stands. */
    record Reference(String key, String id, Location location) {}

    /** Return the references of an action in the order of its keys. */
    static List<Reference> of(StorageConfig config, StorageAction action) {
        List<Reference> found = new ArrayList<>();
        if (action instanceof Disk disk) {
            DeviceNodes.maker(config, disk).ifPresent(maker -> add(found, action, "path", maker.id()));
            add(found, action, "nvme_controller", disk.nvmeController());
        } else if (action instanceof Partition partition) {
            add(found, action, "device", partition.device());
        } else if (action instanceof Format format) {
            add(found, action, "volume", format.volume());
        } else if (action instanceof Mount mount) {
            add(found, action, "device", mount.device());
        } else if (action instanceof VolumeGroup group) {
            addAll(found, action, "devices", group.devices());
        } else if (action instanceof LogicalVolume volume) {
            add(found, action, "volgroup", volume.volumeGroup());
        } else if (action instanceof DmCrypt crypt) {
            add(found, action, "volume", crypt.volume());
        } else if (action instanceof Raid raid) {
            addAll(found, action, "devices", raid.devices());
            addAll(found, action, "spare_devices", raid.spareDevices());
            add(found, action, "container", raid.container());
        } else if (action instanceof Bcache bcache) {
            add(found, action, "backing_device", bcache.backingDevice());
            add(found, action, "cache_device", bcache.cacheDevice());
        } else if (action instanceof Zpool pool) {
            addAll(found, action, "vdevs", pool.devices());
        } else if (action instanceof Zfs zfs) {
            add(found, action, "pool", zfs.pool());
        }
        return found;
    }

    private static void add(List<Reference> found, StorageAction action, String key, @Nullable String id) {
        if (id != null && !id.isEmpty()) {
            Value value = action.origin().source().get(key);
            found.add(new Reference(key, id, value == null ? action.origin().location() : value.location()));
        }
    }

    private static void addAll(List<Reference> found, StorageAction action, String key, List<String> ids) {
        Value value = action.origin().source().get(key);
        for (int index = 0; index < ids.size(); index++) {
            Location location = value instanceof ListValue list && list.items().size() == ids.size()
                    ? list.items().get(index).location()
                    : action.origin().location(key);
            found.add(new Reference(key, ids.get(index), location));
        }
    }

    static void check(StorageConfig config, Problems problems) {
        Map<String, StorageAction> all = new HashMap<>();
        config.actions().forEach(action -> all.putIfAbsent(action.id(), action));
        Map<String, StorageAction> before = new HashMap<>();
        for (StorageAction action : config.actions()) {
            for (Reference reference : of(config, action)) {
                check(action, reference, before, all, problems);
            }
            before.putIfAbsent(action.id(), action);
        }
    }

    private static void check(
            StorageAction action,
            Reference reference,
            Map<String, StorageAction> before,
            Map<String, StorageAction> all,
            Problems problems) {
        String start =
                ActionType.describe(action) + " refers to " + noun(reference.key()) + " '" + reference.id() + "'";
        StorageAction target = before.get(reference.id());
        StorageAction later = all.get(reference.id());
        Set<ActionType> allowed = allowed(action, reference.key());
        if (target == null && reference.id().equals(action.id())) {
            problems.add(reference.location(), ActionType.describe(action) + " refers to itself");
        } else if (target == null && later != null) {
            problems.add(
                    reference.location(),
                    start + ", which is defined only later, at "
                            + later.origin().location(),
                    "move it before " + ActionType.describe(action));
        } else if (target == null) {
            Set<String> words = problems.isPlenty() ? Set.of() : words(all, allowed);
            problems.add(
                    reference.location(),
                    start + ", which is not defined",
                    Suggestion.didYouMean(reference.id(), words));
        } else if (!allowed.contains(ActionType.of(target))) {
            problems.add(
                    reference.location(),
                    start + ", whose type is " + ActionType.of(target).text(),
                    "its type must be "
                            + (allowed.size() > 1 ? "one of: " : "")
                            + allowed.stream().map(ActionType::text).sorted().collect(Collectors.joining(", ")));
        }
    }

    private static Set<String> words(Map<String, StorageAction> all, Set<ActionType> allowed) {
        return all.values().stream()
                .filter(candidate -> allowed.contains(ActionType.of(candidate)))
                .map(StorageAction::id)
                .collect(Collectors.toSet());
    }

    private static Set<ActionType> allowed(StorageAction action, String key) {
        if (key.equals("path")) {
            return WITH_NODES;
        }
        return key.equals("container")
                ? EnumSet.of(ActionType.RAID)
                : ALLOWED.getOrDefault(ActionType.of(action), EnumSet.noneOf(ActionType.class));
    }

    private static String noun(String key) {
        return switch (key) {
            case "devices", "vdevs" -> "device";
            case "spare_devices" -> "spare device";
            case "volgroup" -> "volume group";
            case "path" -> "the device of";
            default -> key.replace('_', ' ');
        };
    }

    private static Set<ActionType> without(Set<ActionType> types, ActionType removed) {
        Set<ActionType> rest = EnumSet.copyOf(types);
        rest.remove(removed);
        return rest;
    }
}
