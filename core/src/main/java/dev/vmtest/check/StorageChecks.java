package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FstabEntry;
import dev.vmtest.installconfig.GrubConfig;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.NvmeController;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.VolumeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Derive the checks of every storage action. */
final class StorageChecks {

    private final Devices devices;
    private final Target target;
    private final GrubConfig grub;

    StorageChecks(StorageConfig config, Target target, GrubConfig grub) {
        this.devices = new Devices(config, target.diskSerials());
        this.target = target;
        this.grub = grub;
    }

    /**
     * Return the checks in the order of the actions.
     *
     * @param swapFiles files that may be in fstab without a mount action
     */
    List<Check> list(Set<String> swapFiles) {
        List<Check> checks = new ArrayList<>();
        for (StorageAction action : devices.config().actions()) {
            checks.addAll(of(action));
        }
        List<Mount> mounts = devices.config().all(Mount.class);
        if (!mounts.isEmpty()) {
            checks.add(Check.of(
                    "fstab: no other entry",
                    mounts.get(0).origin().location(),
                    facts -> noOtherEntry(facts, mounts, swapFiles)));
        }
        checks.addAll(new BootChecks(devices, grub).of(target));
        return checks;
    }

    private List<Check> of(StorageAction action) {
        List<Check> checks = new ArrayList<>();
        if (action instanceof Disk disk) {
            checks.addAll(new DiskChecks(devices).of(disk));
            checks.addAll(new NameChecks(devices, target.promises()).of(disk));
            checks.addAll(new WipeChecks(devices).of(disk));
            checks.addAll(new PathChecks(devices, target.diskPaths()).of(disk));
        } else if (action instanceof Partition partition) {
            checks.addAll(new PartitionChecks(devices).of(partition));
            checks.addAll(new NameChecks(devices, target.promises()).of(partition));
            checks.addAll(new WipeChecks(devices).of(partition));
        } else if (action instanceof Format format) {
            checks.addAll(new FormatChecks(devices, target.promises()).of(format));
        } else if (action instanceof Mount mount) {
            checks.addAll(new MountChecks(devices).of(mount));
        } else {
            checks.addAll(ofStacked(action));
        }
        return checks;
    }

    private List<Check> ofStacked(StorageAction action) {
        List<Check> checks = new ArrayList<>();
        DiskChecks tables = new DiskChecks(devices);
        if (action instanceof Raid raid) {
            checks.addAll(new RaidChecks(devices).of(raid));
            checks.addAll(tables.table("raid " + raid.id(), raid.origin(), raid.partitionTable(), raid.preserve()));
        } else if (action instanceof VolumeGroup group) {
            checks.addAll(new LvmChecks(devices, target.promises()).of(group));
        } else if (action instanceof LogicalVolume volume) {
            checks.addAll(new LvmChecks(devices, target.promises()).of(volume));
        } else if (action instanceof DmCrypt crypt) {
            checks.addAll(new CryptChecks(devices).of(crypt));
        } else if (action instanceof Bcache bcache) {
            checks.addAll(new BcacheChecks(devices).of(bcache));
            checks.addAll(
                    tables.table("bcache " + bcache.id(), bcache.origin(), bcache.partitionTable(), bcache.preserve()));
        } else if (!(action instanceof NvmeController)) {
            String type = action.getClass().getSimpleName();
            // Silence would look like agreement; a check that cannot be made must fail.
            checks.add(Check.of(
                    type + " " + action.id(),
                    action.origin().location(),
                    facts -> Outcome.failed("there is no check for " + type + ", so nothing proves it right")));
        }
        checks.addAll(new NameChecks(devices, target.promises()).ofStacked(action));
        return checks;
    }

    private Outcome noOtherEntry(Facts facts, List<Mount> mounts, Set<String> swapFiles) {
        MountChecks checks = new MountChecks(devices);
        List<String> others = new ArrayList<>();
        for (FstabEntry entry : facts.fstab()) {
            boolean asked = swapFiles.contains(entry.spec())
                    || mounts.stream().anyMatch(mount -> checks.owns(facts, mount, entry));
            if (!asked) {
                others.add(entry.toString());
            }
        }
        return others.isEmpty()
                ? Outcome.passed("every entry of fstab was asked for")
                : Outcome.failed("fstab has entries that nothing asked for: " + others);
    }
}
