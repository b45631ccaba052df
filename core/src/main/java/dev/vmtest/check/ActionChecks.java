package dev.vmtest.check;

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

/**
 * Derive the checks of each kind of storage action.
 *
 * @param devices the devices of the configuration
 * @param target what machine and release add to it
 */
record ActionChecks(Devices devices, Target target) implements StorageAction.Cases<List<Check>> {

    @Override
    public List<Check> disk(Disk disk) {
        return all(List.of(
                new DiskChecks(devices).of(disk),
                names().of(disk),
                new WipeChecks(devices).of(disk),
                new PathChecks(devices, target.diskPaths()).of(disk)));
    }

    @Override
    public List<Check> partition(Partition partition) {
        return all(List.of(
                new PartitionChecks(devices).of(partition),
                names().of(partition),
                new WipeChecks(devices).of(partition)));
    }

    @Override
    public List<Check> format(Format format) {
        return new FormatChecks(devices, target.promises()).of(format);
    }

    @Override
    public List<Check> mount(Mount mount) {
        return new MountChecks(devices).of(mount);
    }

    @Override
    public List<Check> raid(Raid raid) {
        return all(List.of(
                new RaidChecks(devices).of(raid),
                new DiskChecks(devices)
                        .table("raid " + raid.id(), raid.origin(), raid.partitionTable(), raid.preserve()),
                names().of(raid)));
    }

    @Override
    public List<Check> volumeGroup(VolumeGroup group) {
        return new LvmChecks(devices, target.promises()).of(group);
    }

    @Override
    public List<Check> logicalVolume(LogicalVolume volume) {
        return all(List.of(new LvmChecks(devices, target.promises()).of(volume), names().of(volume)));
    }

    @Override
    public List<Check> dmCrypt(DmCrypt crypt) {
        return new CryptChecks(devices).of(crypt);
    }

    @Override
    public List<Check> bcache(Bcache bcache) {
        return all(List.of(
                new BcacheChecks(devices).of(bcache),
                new DiskChecks(devices)
                        .table("bcache " + bcache.id(), bcache.origin(), bcache.partitionTable(), bcache.preserve()),
                names().of(bcache)));
    }

    /** It is only named by disks behind it. */
    @Override
    public List<Check> nvmeController(NvmeController controller) {
        return List.of();
    }

    @Override
    public List<Check> zpool(Zpool pool) {
        return new ZfsChecks(devices).of(pool);
    }

    @Override
    public List<Check> zfs(Zfs zfs) {
        return new ZfsChecks(devices).of(zfs);
    }

    @Override
    public List<Check> dasd(Dasd dasd) {
        return none(dasd);
    }

    @Override
    public List<Check> device(Device device) {
        return none(device);
    }

    private NameChecks names() {
        return new NameChecks(devices, target.promises());
    }

    /** Silence would look like agreement; a check that cannot be made must fail. */
    private static List<Check> none(StorageAction action) {
        String type = action.getClass().getSimpleName();
        return List.of(Check.of(
                type + " " + action.id(),
                action.origin().location(),
                facts -> Outcome.failed("there is no check for " + type + ", so nothing proves it right")));
    }

    private static List<Check> all(List<List<Check>> checks) {
        return checks.stream().flatMap(List::stream).toList();
    }
}
