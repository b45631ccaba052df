package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.Dasd;
import dev.vmtest.storage.Device;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.NvmeController;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.VolumeGroup;
import dev.vmtest.storage.Zfs;
import dev.vmtest.storage.Zpool;
import java.util.List;
import java.util.function.Predicate;

/**
 * Find the block device of each kind of storage action. A device that stands on others is known by the name that its own
 * metadata keeps, or by what it stands on: a RAID that is {@code md0} in the install is often {@code md127} after the
 * boot.
 *
 * @param facts what the system said
 * @param devices the devices of the configuration
 */
record FoundDevice(Facts facts, Devices devices) implements StorageAction.Cases<BlockDevice> {

    @Override
    public BlockDevice disk(Disk disk) {
        return devices.disk(facts, disk);
    }

    @Override
    public BlockDevice partition(Partition partition) {
        return devices.partition(facts, partition);
    }

    @Override
    public BlockDevice format(Format format) {
        return devices.find(facts, format.volume());
    }

    @Override
    public BlockDevice logicalVolume(LogicalVolume volume) {
        return one(volume, named("lvm", LogicalVolume.mapping(devices.groupName(volume), volume.name())));
    }

    @Override
    public BlockDevice dmCrypt(DmCrypt crypt) {
        return one(crypt, named("crypt", crypt.mappingName()));
    }

    @Override
    public BlockDevice raid(Raid raid) {
        return one(raid, array(raid));
    }

    @Override
    public BlockDevice bcache(Bcache bcache) {
        if (bcache.backingDevice() == null) {
            throw none(bcache);
        }
        String backing = devices.find(facts, bcache.backingDevice()).kernelName();
        return one(
                bcache,
                device -> device.kernelName().startsWith("bcache")
                        && device.parents().contains(backing));
    }

    @Override
    public BlockDevice mount(Mount mount) {
        throw none(mount);
    }

    @Override
    public BlockDevice volumeGroup(VolumeGroup group) {
        throw none(group);
    }

    @Override
    public BlockDevice nvmeController(NvmeController controller) {
        throw none(controller);
    }

    @Override
    public BlockDevice zpool(Zpool pool) {
        throw none(pool);
    }

    @Override
    public BlockDevice zfs(Zfs zfs) {
        throw none(zfs);
    }

    @Override
    public BlockDevice dasd(Dasd dasd) {
        throw none(dasd);
    }

    @Override
    public BlockDevice device(Device device) {
        throw none(device);
    }

    private static AbsentException none(StorageAction action) {
        return new AbsentException(action.id() + " is no device of its own");
    }

    /** An array is the one on its first member; if that is on none, the one on any other. */
    private Predicate<BlockDevice> array(Raid raid) {
        for (String id : raid.devices()) {
            String member = devices.find(facts, id).kernelName();
            Predicate<BlockDevice> wanted =
                    device -> isArray(device) && device.parents().contains(member);
            if (facts.devices().stream().anyMatch(wanted)) {
                return wanted;
            }
        }
        return device -> false;
    }

    private static boolean isArray(BlockDevice device) {
        return device.type().startsWith("raid") || device.type().equals("linear");
    }

    private static Predicate<BlockDevice> named(String type, String name) {
        return device -> device.type().equals(type) && device.name().equals(name);
    }

    private BlockDevice one(StorageAction action, Predicate<BlockDevice> wanted) {
        List<BlockDevice> found = facts.devices().stream().filter(wanted).toList();
        if (found.size() != 1) {
            throw new AbsentException(action.id() + " should be one device but is "
                    + found.stream().map(BlockDevice::kernelName).toList());
        }
        return found.get(0);
    }
}
