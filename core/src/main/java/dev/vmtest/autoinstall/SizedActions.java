package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.storage.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turn the sizes of partitions and logical volumes into bytes: shares in per cent, and {@code -1} for the rest, which
 * only the last of a device may have.
 *
 * <p>Partitions lie as version 2 of curtin's storage puts them.
 */
final class SizedActions {

    private static final long MIB = DiskRoom.MIB;
    private static final long EXTENT = 4 * MIB;

    private final List<MapValue> actions;
    private final DiskPlan disks;
    private final Problems problems;
    private final Map<String, MapValue> byId = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new LinkedHashMap<>();

    SizedActions(List<MapValue> actions, DiskPlan disks, Problems problems) {
        this.actions = actions;
        this.disks = disks;
        this.problems = problems;
        actions.forEach(action -> byId.putIfAbsent(text(action, "id"), action));
    }

    List<MapValue> resolve() {
        List<MapValue> resolved = new ArrayList<>();
        Map<String, Device> devices = new LinkedHashMap<>();
        for (MapValue action : actions) {
            String type = text(action, "type");
            if (type.equals("partition")) {
                String device = text(action, "device");
                resolved.add(partition(action, devices.computeIfAbsent(device, this::device)));
            } else if (type.equals("lvm_partition")) {
                resolved.add(volume(action));
            } else {
                if (type.equals("disk")) {
                    sizes.put(text(action, "id"), disks.size(text(action, "id")));
                }
                resolved.add(action);
            }
        }
        return resolved;
    }

    /** Hold what is left of a device while its partitions are placed. */
    private static final class Device {

        private final boolean isDisk;
        private final boolean isMsdos;
        private final DiskRoom room;
        private @Nullable DiskRoom extended;

        Device(boolean isDisk, boolean isMsdos, long size) {
            this.isDisk = isDisk;
            this.isMsdos = isMsdos;
            this.room = new DiskRoom(size, !isMsdos);
        }
    }

    private Device device(String id) {
        MapValue action = byId.get(id);
        boolean isDisk = action != null && text(action, "type").equals("disk");
        boolean isMsdos = action != null && List.of("msdos", "dos").contains(text(action, "ptable"));
        return new Device(isDisk, isMsdos, isDisk ? disks.size(id) : 0);
    }

    private MapValue partition(MapValue action, Device device) {
        String id = text(action, "id");
        if (!(action.get("size") instanceof ScalarValue written) || written.value() == null) {
            return action;
        }
        boolean isRelative = DiskPlan.isShare(written) || DiskPlan.isRest(written);
        if (isRelative && !device.isDisk) {
            problems.add(
                    written.location(),
                    "partition '" + id + "': '" + written.text() + "' of what is no disk is not reckoned here",
                    "write bytes, or a size such as 2G");
            return withSize(action, MIB);
        }
        boolean isLogical = device.isMsdos && isLogical(action);
        DiskRoom room = isLogical && device.extended != null ? device.extended : device.room;
        Optional<Long> offset =
                action.get("offset") instanceof ScalarValue scalar ? DiskPlan.bytes(scalar) : Optional.empty();
        if (offset.isPresent()) {
            room.skipTo(offset.get());
        } else if (isLogical) {
            // Each has a table of its own before it.
            room.take(MIB);
        }
        Long size = isRelative
                ? relative(action, written, device, room)
                : DiskPlan.bytes(written).orElse(null);
        if (size == null) {
            return action;
        }
        long begin = room.next();
        room.take(size);
        if (text(action, "flag").equals("extended")) {
            device.extended = DiskRoom.within(begin, size);
        }
        sizes.put(id, size);
        return withSize(action, size);
    }

    private @Nullable Long relative(MapValue action, ScalarValue written, Device device, DiskRoom room) {
        String id = text(action, "id");
        if (DiskPlan.isShare(written)) {
            long share = DiskPlan.share(written);
            if (share < 1 || share > 100) {
                problems.add(written.location(), "partition '" + id + "': a share must be from 1% to 100%", "");
                return MIB;
            }
            return device.room.total() * share / 100 / MIB * MIB;
        }
        boolean isExtended = text(action, "flag").equals("extended");
        boolean isLast = actions.subList(actions.indexOf(action) + 1, actions.size()).stream()
                .filter(other -> text(other, "type").equals("partition"))
                .filter(other -> text(other, "device").equals(text(action, "device")))
                .allMatch(other -> isExtended && isLogical(other));
        if (!isLast) {
            problems.add(
                    written.location(),
                    "partition '" + id + "': only the last partition of a device can take the rest",
                    "write a size, or move the partition to the end");
            return MIB;
        }
        long rest = room.rest() / MIB * MIB;
        if (rest < MIB) {
            problems.add(
                    written.location(),
                    "partition '" + id + "': nothing is left for it on a disk of "
                            + Sizes.format(device.room.diskSize()),
                    "make the disk larger: 'vmtest: {disks: [{id: " + text(action, "device") + ", size: 40G}]}'");
            return MIB;
        }
        return rest;
    }

    private MapValue volume(MapValue action) {
        if (!(action.get("size") instanceof ScalarValue written) || written.value() == null) {
            return action;
        }
        if (DiskPlan.isRest(written) || written.text().equals("100%")) {
            return restOfGroup(action, written);
        }
        if (!DiskPlan.isShare(written)) {
            return DiskPlan.bytes(written).map(size -> withSize(action, size)).orElse(action);
        }
        Long group = groupSize(text(action, "volgroup"));
        if (group == null) {
            problems.add(
                    written.location(),
                    "lvm_partition '" + text(action, "id") + "': a share of a group on what is no disk or partition is"
                            + " not reckoned here",
                    "write bytes, or a size such as 2G");
            return withSize(action, EXTENT);
        }
        long share = DiskPlan.share(written);
        return withSize(action, Math.max(EXTENT, group * share / 100 / EXTENT * EXTENT));
    }

    /** A volume without a size takes what is left of its group. */
    private MapValue restOfGroup(MapValue action, ScalarValue written) {
        boolean isLast = actions.subList(actions.indexOf(action) + 1, actions.size()).stream()
                .noneMatch(other -> text(other, "type").equals("lvm_partition")
                        && text(other, "volgroup").equals(text(action, "volgroup")));
        if (!isLast) {
            problems.add(
                    written.location(),
                    "lvm_partition '" + text(action, "id") + "': only the last volume of a group can take the rest",
                    "write a size, or move the volume to the end");
            return withSize(action, EXTENT);
        }
        Map<String, MapValue.Entry> keys = new LinkedHashMap<>(action.entries());
        keys.remove("size");
        return new MapValue(action.location(), keys);
    }

    private @Nullable Long groupSize(String id) {
        MapValue action = byId.get(id);
        if (action == null || !(action.get("devices") instanceof ListValue devices)) {
            return null;
        }
        long sum = 0;
        for (Value item : devices.items()) {
            Long device = item instanceof ScalarValue name ? sizes.get(name.text()) : null;
            if (device == null) {
                return null;
            }
            sum += (device - MIB) / EXTENT * EXTENT;
        }
        return sum;
    }

    private static boolean isLogical(MapValue partition) {
        return text(partition, "flag").equals("logical")
                || text(partition, "number").matches("([5-9]|[1-9][0-9]{1,2})");
    }

    private static MapValue withSize(MapValue action, long size) {
        Map<String, MapValue.Entry> keys = new LinkedHashMap<>(action.entries());
        MapValue.Entry written = keys.get("size");
        if (written != null && written.value() instanceof ScalarValue scalar && !isUsual(scalar)) {
            keys.put("size", new MapValue.Entry(written.keyLocation(), new Place(scalar.location()).size(size)));
        }
        return new MapValue(action.location(), keys);
    }

    /** A size that curtin reads as it stands stays as it is written; a plain number it does not read everywhere. */
    private static boolean isUsual(ScalarValue size) {
        return size.value() instanceof String
                && !DiskPlan.isShare(size)
                && !DiskPlan.isRest(size)
                && size.text().equals(size.text().toUpperCase(Locale.ROOT));
    }

    private static String text(MapValue action, String key) {
        return StorageActions.text(action, key);
    }
}
