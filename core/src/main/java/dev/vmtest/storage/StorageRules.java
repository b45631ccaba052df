package dev.vmtest.storage;

import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuse layouts whose parts contradict each other. */
final class StorageRules {

    private final StorageConfig config;
    private final Problems problems;

    private StorageRules(StorageConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    static void check(StorageConfig config, Problems problems) {
        StorageRules rules = new StorageRules(config, problems);
        rules.refuseSameNames();
        rules.refuseSharedDevices();
        rules.checkMounts();
        config.all(Raid.class).forEach(rules::checkRaid);
        rules.checkVolumes();
        ZfsRules.check(config, problems);
    }

    private void refuseSameNames() {
        Map<String, Location> seen = new HashMap<>();
        for (Disk disk : config.all(Disk.class)) {
            refuseSame("serial", disk.serial(), disk, "", seen);
            refuseSame("wwn", disk.wwn(), disk, "", seen);
            if (disk.serial() == null && disk.wwn() == null) {
                refuseSame("path", disk.path(), disk, "", seen);
            }
        }
        config.all(Raid.class).forEach(raid -> refuseSame("name", raid.name(), raid, "raid", seen));
        config.all(VolumeGroup.class).forEach(group -> refuseSame("name", group.name(), group, "volgroup", seen));
        config.all(DmCrypt.class).forEach(crypt -> refuseSame("dm_name", crypt.mappingName(), crypt, "", seen));
        config.all(Zpool.class).forEach(pool -> refuseSame("pool", pool.pool(), pool, "", seen));
        config.all(LogicalVolume.class)
                .forEach(volume -> refuseSame("name", volume.name(), volume, "in " + volume.volumeGroup(), seen));
        config.all(Format.class).forEach(format -> refuseSame("uuid", format.uuid(), format, "format", seen));
        config.all(Partition.class)
                .forEach(partition -> refuseSame("uuid", partition.uuid(), partition, "partition", seen));
    }

    private void refuseSame(
            String key, @Nullable String value, StorageAction action, String scope, Map<String, Location> seen) {
        if (value == null || value.isEmpty() || value.startsWith("iscsi:__")) {
            return;
        }
        Location here = action.origin().location(key);
        Location first = seen.putIfAbsent(scope + "\n" + key + "\n" + value, here);
        if (first != null) {
            problems.add(
                    here,
                    ActionType.describe(action) + ": " + key + " '" + IscsiPath.shown(value) + "' is already used at "
                            + first,
                    "change one of them");
        }
    }

    /** Refuse a device with two uses, such as a file system on a member of an array. */
    private void refuseSharedDevices() {
        Map<String, StorageAction> users = new LinkedHashMap<>();
        for (StorageAction action : config.actions()) {
            for (Reference reference : StorageReferences.of(config, action)) {
                if (takesWhole(action, reference.key())) {
                    claim(action, reference, users);
                }
            }
        }
    }

    private static boolean takesWhole(StorageAction action, String key) {
        return !(action instanceof Mount
                || action instanceof LogicalVolume
                || action instanceof Zfs
                || key.equals("nvme_controller")
                || key.equals("container"));
    }

    private void claim(StorageAction action, Reference reference, Map<String, StorageAction> users) {
        StorageAction first = users.putIfAbsent(reference.id(), action);
        if (first == null || mayShare(first, action, reference.id())) {
            return;
        }
        String start = ActionType.describe(action) + " uses '" + reference.id() + "'";
        problems.add(
                reference.location(),
                first == action
                        ? start + " twice"
                        : start + ", which " + ActionType.describe(first) + " at "
                                + first.origin().location() + " already uses",
                first == action ? "list it once" : "give one of them another device");
    }

    private static boolean mayShare(StorageAction first, StorageAction second, String id) {
        if (first instanceof Partition && second instanceof Partition) {
            return true;
        }
        return first != second
                && first instanceof Bcache one
                && second instanceof Bcache other
                && id.equals(one.cacheDevice())
                && id.equals(other.cacheDevice());
    }

    private void checkMounts() {
        Map<String, Mount> seen = new HashMap<>();
        for (Mount mount : config.all(Mount.class)) {
            String path = mount.path();
            Format format = mount.device() == null
                    ? null
                    : config.find(mount.device())
                            .filter(Format.class::isInstance)
                            .map(Format.class::cast)
                            .orElse(null);
            boolean swap = "swap".equals(mount.fileSystem())
                    || (format != null && format.fileSystem().equals("swap"));
            if (swap && path != null && !path.equals("none")) {
                problems.add(
                        mount.origin().location("path"),
                        ActionType.describe(mount) + " mounts swap on " + path,
                        "remove 'path:', or write 'path: none'");
            } else if (!swap && path == null && format != null) {
                problems.add(mount.origin().location(), ActionType.describe(mount) + " has no path", "add 'path:'");
            }
            if (path != null && !path.equals("none")) {
                refuseSamePath(mount, path, seen);
            }
        }
    }

    private void refuseSamePath(Mount mount, String path, Map<String, Mount> seen) {
        String normal = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Mount first = seen.putIfAbsent(normal, mount);
        if (first != null) {
            problems.add(
                    mount.origin().location("path"),
                    normal.equals("/")
                            ? ActionType.describe(mount) + " is a second root; the first is "
                                    + ActionType.describe(first) + " at "
                                    + first.origin().location()
                            : ActionType.describe(mount) + " mounts on " + normal + ", as does "
                                    + ActionType.describe(first) + " at "
                                    + first.origin().location(),
                    "change one of the paths");
        }
    }

    private void checkRaid(Raid raid) {
        String subject = ActionType.describe(raid);
        RaidLevel level = raid.level();
        boolean redundant = level != RaidLevel.RAID0 && level != RaidLevel.LINEAR && level != RaidLevel.CONTAINER;
        if (!raid.spareDevices().isEmpty() && !redundant) {
            problems.add(
                    raid.origin().location("spare_devices"),
                    subject + " has spare devices, but level " + level.text() + " can't use any",
                    "remove 'spare_devices', or use a redundant level");
        }
        if (!raid.spareDevices().isEmpty() && raid.container() != null) {
            problems.add(
                    raid.origin().location("spare_devices"),
                    subject + " is a volume in a container and has spare devices",
                    "give the spare devices to the container");
        }
        int least = leastDevices(level);
        if (!raid.devices().isEmpty() && raid.devices().size() < least) {
            problems.add(
                    raid.origin().location("devices"),
                    subject + " has " + raid.devices().size() + " device"
                            + (raid.devices().size() == 1 ? "" : "s"),
                    "level " + level.text() + " needs at least " + least);
        }
        if (raid.container() != null
                && config.find(raid.container()).orElse(null) instanceof Raid container
                && container.level() != RaidLevel.CONTAINER) {
            problems.add(
                    raid.origin().location("container"),
                    subject + " lies in raid '" + container.id() + "', whose level is "
                            + container.level().text(),
                    "give '" + container.id() + "' 'raidlevel: container'");
        }
    }

    /** Least members by level; source: md(4), and mdadm's refusal of less. */
    private static int leastDevices(RaidLevel level) {
        return switch (level) {
            case RAID0, RAID1, LINEAR, CONTAINER, RAID10 -> 2;
            case RAID4, RAID5 -> 3;
            case RAID6 -> 4;
        };
    }

    private void checkVolumes() {
        Map<String, LogicalVolume> remaining = new HashMap<>();
        for (LogicalVolume volume : config.all(LogicalVolume.class)) {
            LogicalVolume taker = remaining.get(volume.volumeGroup());
            if (taker != null) {
                problems.add(
                        volume.origin().location(),
                        ActionType.describe(volume) + " finds no room: " + ActionType.describe(taker) + " at "
                                + taker.origin().location() + " has no size and takes all that remains",
                        "give '" + taker.id() + "' a size, or move it to the end");
            } else if (volume.size() == null && !volume.preserve()) {
                remaining.put(volume.volumeGroup(), volume);
            }
        }
    }
}
