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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describe what {@code block-meta simple} makes of a disk when a configuration has no storage
 * section.
 *
 * <p>On BIOS one bootable msdos partition holds all but the first MiB and the last 33 sectors; on
 * UEFI partition 15 of a GPT is an EFI system partition of 512 MiB labelled {@code uefi-boot} and
 * partition 1 is the rest. The root is ext4 labelled {@code cloudimg-rootfs}; both are mounted by
 * label with dump and pass 0. The key {@code block-meta} chooses another form: a GPT with room for GRUB as partition 15, a
 * partition of 512 MiB for {@code /boot} as partition 1 before the root, which is 2 then. The sizes here are rounded down to
 * a MiB.
 */
public final class AutomaticLayout {

    /** The id of the layout's disk. */
    public static final String DISK = "automatic-disk";
    /** The serial that a machine gives the disk, so that it can be told from others. */
    public static final String SERIAL = "disk-a";

    private static final long MIB = 1L << 20;
    private static final long ESP = 512 * MIB;
    private static final long BOOT = 512 * MIB;
    /** The partition beside the root on a GPT: EFI system partition, or room for GRUB. */
    private static final int FIRMWARE_NUMBER = 15;

    private final Location location;
    private final BlockMeta wishes;
    private final BlockMeta.Form form;
    private final List<StorageAction> actions = new ArrayList<>();

    /**
     * Start a layout.
     *
     * @param location what the actions' origins name as their place where no key is nearer
     * @param uefi whether the machine's firmware is that, which decides where the configuration does not
     */
    AutomaticLayout(Location location, BlockMeta wishes, boolean uefi) {
        this.location = location;
        this.wishes = wishes;
        this.form = Objects.requireNonNullElse(wishes.form(), BlockMeta.Form.of(uefi));
    }

    /**
     * Return the layout as storage actions; called once.
     *
     * @param serial the serial of the disk
     * @param diskSize bytes
     * @param cleared further disks whose contents are destroyed
     */
    StorageConfig of(String serial, long diskSize, List<Disk> cleared) {
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
        Location place = wishes.form() == null ? location : wishes.formLocation();
        switch (form) {
            case MBR -> actions.add(disk(place, serial, PartitionTable.MSDOS, Wipe.SUPERBLOCK));
            case GPT -> {
                actions.add(disk(place, serial, PartitionTable.GPT, Wipe.SUPERBLOCK));
                actions.add(partition(place, "grub", FIRMWARE_NUMBER, MIB, PartitionFlag.BIOS_GRUB));
            }
            case UEFI -> {
                actions.add(disk(place, serial, PartitionTable.GPT, Wipe.SUPERBLOCK));
                actions.add(partition(place, "efi", FIRMWARE_NUMBER, ESP, PartitionFlag.BOOT));
            }
        }
        BlockMeta.BootPartition boot = wishes.boot();
        if (boot != null) {
            PartitionFlag flag = form == BlockMeta.Form.MBR ? null : PartitionFlag.LINUX;
            actions.add(partition(boot.location(), "boot", 1, BOOT, flag));
        }
        PartitionFlag rootFlag = form == BlockMeta.Form.MBR ? PartitionFlag.BOOT : PartitionFlag.LINUX;
        actions.add(partition(location, "root", boot == null ? 1 : 2, rootSize(diskSize), rootFlag));
        addFileSystem(location, "root", "ext4", "cloudimg-rootfs", "/");
        if (boot != null) {
            addFileSystem(boot.location(), "boot", boot.fileSystem(), boot.label(), "/boot");
        }
        if (form == BlockMeta.Form.UEFI) {
            addFileSystem(place, "efi", "fat32", "uefi-boot", "/boot/efi");
        }
        return new StorageConfig(1, actions);
    }

    /** What is left, down to a MiB. Curtin ends the root of a GPT as far before the disk's end as {@code /boot} is long. */
    private long rootSize(long diskSize) {
        long whole = diskSize / MIB * MIB - 2 * MIB;
        long boot = wishes.boot() == null ? 0 : BOOT;
        return switch (form) {
            case MBR -> whole - boot;
            case GPT -> whole - MIB - 2 * boot;
            case UEFI -> whole - ESP;
        };
    }

    /** Return the disk alone, for what brings partitions of its own. */
    static StorageConfig bare(Location location, String serial) {
        return new StorageConfig(1, List.of(disk(location, serial, null, null)));
    }

    private static Disk disk(Location location, String serial, @Nullable PartitionTable table, @Nullable Wipe wipe) {
        return new Disk(origin(location, DISK), serial, null, null, table, wipe, false, null, true, null, null, null);
    }

    private static Partition partition(
            Location location, String name, int number, long size, @Nullable PartitionFlag flag) {
        return new Partition(
                origin(location, "automatic-" + name + "-partition"),
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

    private void addFileSystem(Location place, String name, String type, String label, String path) {
        String id = "automatic-" + name + "-format";
        actions.add(
                new Format(origin(place, id), "automatic-" + name + "-partition", type, label, null, List.of(), false));
        actions.add(
                new Mount(origin(place, "automatic-" + name + "-mount"), path, id, "LABEL=" + label, null, null, 0, 0));
    }

    private static Origin origin(Location location, String id) {
        return new Origin(id, new MapValue(location, Map.of()));
    }
}
