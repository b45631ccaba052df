package dev.vmtest.storage;

import java.util.List;

/**
 * Know where a storage section says that the boot loader goes. What it says wins over what the section of the boot
 * loader says ({@code install_devices}), as in curtin.
 */
public final class GrubDevices {

    private GrubDevices() {}

    /** Return the disks and partitions with {@code grub_device}, in file order; empty leaves the choice open. */
    public static List<StorageAction> of(StorageConfig config) {
        return config.actions().stream().filter(GrubDevices::isMarked).toList();
    }

    private static boolean isMarked(StorageAction action) {
        return (action instanceof Disk disk && disk.grubDevice())
                || (action instanceof Partition partition && partition.grubDevice());
    }
}
