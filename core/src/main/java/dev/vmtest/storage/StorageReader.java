package dev.vmtest.storage;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Read the {@code storage} section of a configuration: curtin's storage actions, versions 1 and 2.
 *
 * <p>The result holds every action that could be read, also when there are problems; it is fit for
 * an installation only when the problems are empty. The format is described in curtin's
 * documentation, "Storage".
 */
public final class StorageReader {

    private final Problems problems;

    private StorageReader(Problems problems) {
        this.problems = problems;
    }

    /** Read the storage section of a whole configuration; null if there is none. */
    public static @Nullable StorageConfig read(MapValue root, Problems problems) {
        Value section = new MapReader(root, "configuration", problems).value("storage");
        if (section == null) {
            return null;
        }
        if (!(section instanceof MapValue map)) {
            problems.add(
                    section.location(),
                    "storage: must be a mapping, not " + section.describe(),
                    "write 'version:' and 'config:' below it");
            return null;
        }
        return new StorageReader(problems).section(map);
    }

    private StorageConfig section(MapValue map) {
        MapReader reader = new MapReader(map, "storage", problems);
        Integer version = reader.integer("version", 1, 2);
        if (version == null && !reader.has("version")) {
            reader.missing("version");
        }
        reader.accept("device_map_path");
        List<StorageAction> actions = new ArrayList<>();
        if (reader.has("config")) {
            List<MapValue> entries = reader.maps("config");
            if (reader.value("config") instanceof ListValue list && list.items().isEmpty()) {
                reader.problem("config", "'config' is empty", "remove the section to get the automatic layout");
            }
            int effective = version == null ? 1 : version;
            for (MapValue entry : entries) {
                StorageAction action = action(entry, effective);
                if (action != null) {
                    actions.add(action);
                }
            }
        } else {
            reader.missing("config");
        }
        reader.refuseUnknown();
        StorageConfig config = new StorageConfig(version == null ? 1 : version, actions);
        refuseDuplicateIds(config);
        StorageReferences.check(config, problems);
        PartitionRules.check(config, problems);
        StorageRules.check(config, problems);
        return config;
    }

    private @Nullable StorageAction action(MapValue entry, int version) {
        MapReader plain = new MapReader(entry, "storage action", problems);
        String id = plain.requiredText("id");
        MapReader named =
                new MapReader(entry, id.isEmpty() ? "storage action" : "storage action '" + id + "'", problems);
        if (!named.has("type")) {
            named.missing("type");
            return null;
        }
        ActionType type = named.choice("type", ActionType.words());
        if (type == null) {
            return null;
        }
        MapReader reader = new MapReader(entry, type.text() + (id.isEmpty() ? "" : " '" + id + "'"), problems);
        reader.accept("id", "type");
        StorageAction action = typed(type, new Origin(id, entry), reader, version);
        reader.refuseUnknown();
        return action;
    }

    private static StorageAction typed(ActionType type, Origin origin, MapReader reader, int version) {
        return switch (type) {
            case DISK -> DeviceActions.disk(origin, reader, version);
            case PARTITION -> DeviceActions.partition(origin, reader, version);
            case DASD -> DeviceActions.dasd(origin, reader);
            case NVME_CONTROLLER -> DeviceActions.nvmeController(origin, reader);
            case DEVICE -> DeviceActions.device(origin, reader);
            case FORMAT -> FileSystemActions.format(origin, reader);
            case MOUNT -> FileSystemActions.mount(origin, reader);
            case ZPOOL -> FileSystemActions.zpool(origin, reader);
            case ZFS -> FileSystemActions.zfs(origin, reader);
            case LVM_VOLGROUP -> VolumeActions.volumeGroup(origin, reader);
            case LVM_PARTITION -> VolumeActions.logicalVolume(origin, reader);
            case DM_CRYPT -> VolumeActions.dmCrypt(origin, reader);
            case RAID -> VolumeActions.raid(origin, reader);
            case BCACHE -> VolumeActions.bcache(origin, reader);
        };
    }

    private void refuseDuplicateIds(StorageConfig config) {
        Map<String, Location> seen = new HashMap<>();
        for (StorageAction action : config.actions()) {
            Location here = action.origin().location("id");
            Location first = action.id().isEmpty() ? null : seen.putIfAbsent(action.id(), here);
            if (first != null) {
                problems.add(
                        here, "id '" + action.id() + "' is already used at " + first, "give one of them another id");
            }
        }
    }
}
