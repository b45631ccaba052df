package dev.vmtest.autoinstall;

/** Reckon the sizes, in bytes, that a layout with a name gives its parts (subiquity's documentation and source). */
final class LayoutSizes {

    private static final long MIB = DiskRoom.MIB;
    private static final long GIB = 1024 * MIB;

    /** What the parts of a disk weigh against each other: EFI system partition, /boot, root. */
    private static final long EFI_WEIGHT = 538;

    private static final long BOOT_WEIGHT = 1024;
    private static final long ROOT_WEIGHT = 10_000;

    private LayoutSizes() {}

    /** Return the size of the EFI system partition on a disk. */
    static long efiPartition(long disk) {
        return share(disk, EFI_WEIGHT, 538 * MIB, 1075 * MIB);
    }

    /** Return the size of a partition for /boot in the room that is left. */
    static long bootPartition(long room) {
        return share(room, BOOT_WEIGHT, 1792 * MIB, 2048 * MIB);
    }

    private static long share(long room, long weight, long least, long most) {
        long share = (long) ((double) room / (EFI_WEIGHT + BOOT_WEIGHT + ROOT_WEIGHT) * weight);
        return DiskRoom.alignUp(Math.max(least, Math.min(most, share)));
    }

    /** Return the size of the root volume in a group whose sizing policy is scaled. */
    static long rootVolume(long group) {
        if (group < 10 * GIB) {
            return group;
        }
        if (group < 20 * GIB) {
            return 10 * GIB;
        }
        return group < 200 * GIB ? group / 2 : 100 * GIB;
    }
}
