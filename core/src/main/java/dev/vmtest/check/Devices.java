package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.DeviceLink;
import dev.vmtest.facts.DiskLabel;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.IscsiDisk;
import dev.vmtest.facts.MappedDevice;
import dev.vmtest.storage.DeviceNodes;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionNumbers;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.VolumeGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Find the devices of a configuration in a system, by serials, partition numbers and references.
 *
 * <p>The kernel's names differ between the install and every boot, so none is ever taken from the
 * configuration.
 */
final class Devices {

    private final StorageConfig config;
    private final Map<String, String> serials;
    private final Map<String, Integer> numbers;

    /**
     * Hold a configuration.
     *
     * @param serials the serial, by action id, of each disk that the configuration names by path
     */
    Devices(StorageConfig config, Map<String, String> serials) {
        this.config = config;
        this.serials = Map.copyOf(serials);
        this.numbers = PartitionNumbers.of(config);
    }

    StorageConfig config() {
        return config;
    }

    /** Return the number of a partition in its table. */
    int number(Partition partition) {
        Integer number = numbers.get(partition.id());
        if (number == null) {
            throw new IllegalArgumentException("partition " + partition.id() + " is not of this configuration");
        }
        return number;
    }

    /** Return the name of the group that a logical volume belongs to; empty if there is none. */
    String groupName(LogicalVolume volume) {
        return config.find(volume.volumeGroup(), VolumeGroup.class)
                .map(VolumeGroup::name)
                .orElse("");
    }

    /** Return the action that a reference leads to. */
    StorageAction action(String id) {
        return config.find(id).orElseThrow(() -> new AbsentException("no storage action has the id '" + id + "'"));
    }

    /**
     * Return the block device that an action made or names.
     *
     * @throws AbsentException if the system has none
     */
    BlockDevice find(Facts facts, String id) {
        return action(id).match(new FoundDevice(facts, this));
    }

    /**
     * Return a partition's entry in the partition table of its device.
     *
     * @throws AbsentException if the device, its table or the entry is not there
     */
    DiskLabel.Slot slot(Facts facts, Partition partition) {
        BlockDevice parent = find(facts, partition.device());
        DiskLabel label = label(facts, parent, partition.device());
        int number = number(partition);
        return label.slot(number)
                .orElseThrow(() -> new AbsentException("partition " + number + " is not on " + partition.device()
                        + " (" + parent.kernelName() + "), which has the partitions "
                        + label.slots().stream()
                                .map(slot -> String.valueOf(slot.number()))
                                .collect(Collectors.joining(", ", "[", "]"))));
    }

    /** Return the partition table of a device. */
    DiskLabel label(Facts facts, BlockDevice device, String id) {
        return facts.label(device)
                .orElseThrow(() -> new AbsentException(id + " (" + device.kernelName() + ") has no partition table"));
    }

    /** Return the block device with a kernel name that some tool printed. */
    BlockDevice device(Facts facts, String kernelName) {
        return facts.device(kernelName)
                .orElseThrow(() -> new AbsentException(kernelName + " is not among the block devices"));
    }

    /** Return what udev's links by id name a disk by: its serial or wwn; null if it has neither. */
    @Nullable
    String identity(Disk disk) {
        String serial = disk.serial() == null ? serials.get(disk.id()) : disk.serial();
        return serial == null ? disk.wwn() : serial;
    }

    BlockDevice disk(Facts facts, Disk disk) {
        String serial = disk.serial() == null ? serials.get(disk.id()) : disk.serial();
        if (serial != null) {
            return whole(facts, facts.disksBySerial(serial), "no disk has the serial '" + serial + "'");
        }
        String wwn = disk.wwn();
        if (wwn != null) {
            return whole(facts, facts.disksByWwn(wwn), "no disk has the wwn '" + wwn + "'");
        }
        String path = disk.path();
        Optional<IscsiPath> iscsi = path == null ? Optional.empty() : IscsiPath.parse(path);
        if (iscsi.isPresent()) {
            return device(facts, iscsiDisk(facts, iscsi.get()));
        }
        Optional<StorageAction> maker = DeviceNodes.maker(config, disk);
        if (maker.isPresent()) {
            return find(facts, maker.get().id());
        }
        if (path != null && path.startsWith("/dev/disk/")) {
            Optional<DeviceLink> link = facts.link(path);
            return device(
                    facts,
                    link.map(DeviceLink::target).orElseThrow(() -> new AbsentException(path + " does not exist")));
        }
        throw new AbsentException("disk " + disk.id() + " has neither serial nor wwn, and the path " + path
                + " may mean another disk after each boot; give it a serial");
    }

    /** Return the disk, or the multipath map where it is reached by several paths. */
    private static BlockDevice whole(Facts facts, List<BlockDevice> paths, String absent) {
        if (paths.isEmpty()) {
            throw new AbsentException(absent);
        }
        BlockDevice first = paths.get(0);
        return facts.devices().stream()
                .filter(device -> device.type().equals("mpath"))
                .filter(device -> device.parents().contains(first.kernelName()))
                .findFirst()
                .orElse(first);
    }

    private static String iscsiDisk(Facts facts, IscsiPath path) {
        for (IscsiDisk disk : facts.stacks().iscsiDisks()) {
            boolean same = disk.lun() == path.lun()
                    && facts.stacks().iscsiSessions().stream()
                            .anyMatch(session -> session.id().equals(disk.session())
                                    && session.target().equals(path.target()));
            if (same) {
                return disk.device();
            }
        }
        throw new AbsentException("no disk is unit " + path.lun() + " of the iSCSI target " + path.target());
    }

    /** Return a partition's device; on a multipath map that is a mapping of its own, known by its UUID. */
    BlockDevice partition(Facts facts, Partition partition) {
        BlockDevice parent = find(facts, partition.device());
        if (!parent.type().equals("mpath")) {
            return device(facts, slot(facts, partition).kernelName());
        }
        int number = slot(facts, partition).number();
        String map = facts.stacks()
                .mapped(parent.kernelName())
                .map(MappedDevice::uuid)
                .orElse("");
        String uuid = "part" + number + "-" + map;
        return facts.stacks().mapped().stream()
                .filter(mapped -> mapped.uuid().equals(uuid))
                .map(mapped -> device(facts, mapped.device()))
                .findFirst()
                .orElseThrow(() -> new AbsentException(
                        "partition " + number + " of the multipath map of " + partition.device() + " has no device"));
    }
}
