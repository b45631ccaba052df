package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.Origin;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.Wipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describe what {@code block-meta simple} makes of a disk when a configuration has no storage
 * section.
 *
 * <p>On BIOS one bootable msdos partition holds all but the first MiB and the last 33 sectors; on
 * UEFI partition 15 of a GPT is an EFI system partition of 512 MiB labelled {@code uefi-boot} and
 * partition 1 is the rest. The root is ext4 labelled {@code cloudimg-rootfs}; both are mounted by
 * label with dump and pass 0. The sizes here are rounded down to a MiB.
 */
public final class AutomaticLayout {

    /** The id of the layout's disk. */
    public static final String DISK = "automatic-disk";
    /** The serial that a machine gives the disk, so that it can be told from others. */
    public static final String SERIAL = "disk-a";

    private static final long MIB = 1L << 20;
    private static final long ESP = 512 * MIB;
    private static final int ESP_NUMBER = 15;

    private AutomaticLayout() {}

    /**
     * Return the layout as storage actions.
     *
     * @param location what their origins name as their place
     * @param serial the serial of the disk
     * @param diskSize bytes
     * @param cleared further disks whose contents are destroyed
     */
    static StorageConfig of(Location location, boolean uefi, String serial, long diskSize, List<Disk> cleared) {
        List<StorageAction> actions = new ArrayList<>();
        for (Disk disk : cleared) {
            actions.add(new Disk(
                    disk.origin(),
                    disk.serial(),
                    disk.wwn(),
                    disk.path(),
                    null,
                    Wipe.SUPERBLOCK,
                    false,
                    null,
                    false,
                    null,
                    null,
                    null));
        }
        PartitionTable table = uefi ? PartitionTable.GPT : PartitionTable.MSDOS;
        actions.add(disk(location, serial, table, Wipe.SUPERBLOCK));
        if (uefi) {
            actions.add(partition(location, "automatic-efi-partition", ESP_NUMBER, ESP, PartitionFlag.BOOT));
        }
        long root = (diskSize / MIB - 2) * MIB - (uefi ? ESP : 0);
        PartitionFlag rootFlag = uefi ? PartitionFlag.LINUX : PartitionFlag.BOOT;
        actions.add(partition(location, "automatic-root-partition", 1, root, rootFlag));
        addFileSystem(actions, location, "root", "ext4", "cloudimg-rootfs", "/");
        if (uefi) {
            addFileSystem(actions, location, "efi", "fat32", "uefi-boot", "/boot/efi");
        }
        return new StorageConfig(1, actions);
    }

    /** Return the disk alone, for what brings partitions of its own. */
    static StorageConfig bare(Location location, String serial) {
        return new StorageConfig(1, List.of(disk(location, serial, null, null)));
    }

    private static Disk disk(Location location, String serial, @Nullable PartitionTable table, @Nullable Wipe wipe) {
        return new Disk(origin(location, DISK), serial, null, null, table, wipe, false, null, true, null, null, null);
    }

    private static Partition partition(
            Location location, String id, int number, long size, @Nullable PartitionFlag flag) {
        return new Partition(
                origin(location, id),
                DISK,
                size,
                number,
                null,
                false,
                null,
                null,
                List.of(),
                null,
                flag,
                null,
                false,
                null,
                false);
    }

    private static void addFileSystem(
            List<StorageAction> actions, Location location, String name, String type, String label, String path) {
        String id = "automatic-" + name + "-format";
        actions.add(new Format(
                origin(location, id), "automatic-" + name + "-partition", type, label, null, List.of(), false));
        actions.add(new Mount(
                origin(location, "automatic-" + name + "-mount"), path, id, "LABEL=" + label, null, null, 0, 0));
    }

    private static Origin origin(Location location, String id) {
        return new Origin(id, new MapValue(location, Map.of()));
    }
}
