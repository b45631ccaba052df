package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** Return the references of an action: those of its keys, and that of a path which another action makes. */
    static List<Reference> of(StorageConfig config, StorageAction action) {
        List<Reference> found = new ArrayList<>();
        if (action instanceof Disk disk) {
            DeviceNodes.maker(config, disk).ifPresent(maker -> found.addAll(Reference.one(disk, "path", maker.id())));
        }
        found.addAll(action.references());
        return found;
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
        } else if (!allowed.contains(target.type())) {
            problems.add(
                    reference.location(),
                    start + ", whose type is " + target.type().text(),
                    "its type must be "
                            + (allowed.size() > 1 ? "one of: " : "")
                            + allowed.stream().map(ActionType::text).sorted().collect(Collectors.joining(", ")));
        }
    }

    private static Set<String> words(Map<String, StorageAction> all, Set<ActionType> allowed) {
        return all.values().stream()
                .filter(candidate -> allowed.contains(candidate.type()))
                .map(StorageAction::id)
                .collect(Collectors.toSet());
    }

    private static Set<ActionType> allowed(StorageAction action, String key) {
        if (key.equals("path")) {
            return WITH_NODES;
        }
        return key.equals("container")
                ? EnumSet.of(ActionType.RAID)
                : ALLOWED.getOrDefault(action.type(), EnumSet.noneOf(ActionType.class));
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
