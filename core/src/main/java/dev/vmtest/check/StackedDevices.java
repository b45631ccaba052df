package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.VolumeGroup;
import java.util.List;
import java.util.function.Predicate;

/**
 * Find devices that stand on other devices: by the name that their own metadata keeps, or by what they
 * stand on. A RAID that is {@code md0} in the install is often {@code md127} after the boot.
 */
final class StackedDevices {

    private StackedDevices() {}

    static BlockDevice find(Facts facts, Devices devices, StorageAction action) {
        if (action instanceof LogicalVolume volume) {
            String group = devices.action(volume.volumeGroup()) instanceof VolumeGroup owner ? owner.name() : "";
            return one(facts, action, named("lvm", LogicalVolume.mapping(group, volume.name())));
        }
        if (action instanceof DmCrypt crypt) {
            return one(facts, action, named("crypt", crypt.mappingName()));
        }
        if (action instanceof Raid raid) {
            return one(facts, action, array(facts, devices, raid));
        }
        if (action instanceof Bcache bcache && bcache.backingDevice() != null) {
            String backing = devices.find(facts, bcache.backingDevice()).kernelName();
            return one(
                    facts,
                    action,
                    device -> device.kernelName().startsWith("bcache")
                            && device.parents().contains(backing));
        }
        throw new AbsentException(action.id() + " is no device of its own");
    }

    /** An array is the one on its first member; if that is on none, the one on any other. */
    private static Predicate<BlockDevice> array(Facts facts, Devices devices, Raid raid) {
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

    private static BlockDevice one(Facts facts, StorageAction action, Predicate<BlockDevice> wanted) {
        List<BlockDevice> found = facts.devices().stream().filter(wanted).toList();
        if (found.size() != 1) {
            throw new AbsentException(action.id() + " should be one device but is "
                    + found.stream().map(BlockDevice::kernelName).toList());
        }
        return found.get(0);
    }
}
