package dev.vmtest.installer.builtin;

import dev.vmtest.storage.PartitionFlag;
import org.jspecify.annotations.Nullable;

/**
 * Translate a flag to what stands in the partition table.
 *
 * <p>GPT: the GUIDs behind sgdisk's codes ef02, ef00, 8302, 8300, 8e00, 0c01, 4100, fd00 and 8200.
 * msdos: the types that fdisk(8) lists.
 */
final class PartitionTypes {

    private PartitionTypes() {}

    /** Return the GPT type GUID of a flag. */
    static String gpt(@Nullable PartitionFlag flag) {
        if (flag == null) {
            return gpt(PartitionFlag.LINUX);
        }
        return switch (flag) {
            case BIOS_GRUB -> "21686148-6449-6E6F-744E-656564454649";
            case BOOT -> "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
            case HOME -> "933AC7E1-2EB4-4F13-B844-0E14E2AEF915";
            case LVM -> "E6D6D379-F507-44C2-A23C-238F2A3DF928";
            case MSFTRES -> "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";
            case PREP -> "9E1A2D38-C612-4316-AA26-8B49521E5A8B";
            case RAID -> "A19D880F-05FC-4D3B-A006-743F0F84911E";
            case SWAP -> "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F";
            case MBR -> "024DEE41-33E7-11D3-9D69-0008C781F39F";
            case LINUX, EXTENDED, LOGICAL -> "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
        };
    }

    /**
     * Return the msdos type of a flag, in hexadecimal digits.
     *
     * @param version the version of the storage section: in version 1 {@code boot} only sets the active flag
     */
    static String msdos(@Nullable PartitionFlag flag, int version) {
        if (flag == null) {
            return msdos(PartitionFlag.LINUX, version);
        }
        return switch (flag) {
            case EXTENDED -> "5";
            case LVM -> "8e";
            case RAID -> "fd";
            case SWAP -> "82";
            case PREP -> "41";
            case BOOT -> version == 1 ? "83" : "ef";
            case BIOS_GRUB, HOME, LINUX, LOGICAL, MBR, MSFTRES -> "83";
        };
    }
}
