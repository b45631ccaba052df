package dev.vmtest.check;

import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionTable;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Say which partition types a flag may have become.
 *
 * <p>GUIDs are those of the UEFI and Discoverable Partitions Specifications. On msdos tables storage
 * version 1 knows no type but those of swap and extended partitions, so that a flag of lvm or raid may
 * also have become plain Linux; version 2 writes the flag's own code.
 *
 * <p>The installer has a table of its own: from a shared one, a check would prove the installer's mistakes right.
 */
final class PartitionTypes {

    private static final String LINUX = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    private PartitionTypes() {}

    /** Return the types that fulfil a partition action, in the form of {@code DiskLabel.Slot.type}. */
    static Set<String> expected(Partition partition, PartitionTable table, int version) {
        String given = partition.partitionType();
        if (given != null) {
            return Set.of(given(given));
        }
        return switch (table) {
            case GPT -> Set.of(guid(partition.flag()));
            case MSDOS -> codes(partition.flag(), version);
            case VTOC, UNSUPPORTED -> Set.of();
        };
    }

    private static String given(String type) {
        String plain = type.startsWith("0x") || type.startsWith("0X") ? type.substring(2) : type;
        if (plain.length() > 2) {
            return plain.toUpperCase(Locale.ROOT);
        }
        String code = plain.toLowerCase(Locale.ROOT);
        return code.length() == 2 && code.startsWith("0") ? code.substring(1) : code;
    }

    private static String guid(@Nullable PartitionFlag flag) {
        if (flag == null) {
            return LINUX;
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
            case LINUX, EXTENDED, LOGICAL -> LINUX;
        };
    }

    private static Set<String> codes(@Nullable PartitionFlag flag, int version) {
        if (flag == null) {
            return Set.of("83");
        }
        return switch (flag) {
            case EXTENDED -> Set.of("5", "f", "85");
            case SWAP -> Set.of("82");
            case LVM -> version == 1 ? Set.of("8e", "83") : Set.of("8e");
            case RAID -> version == 1 ? Set.of("fd", "83") : Set.of("fd");
            case BOOT -> version == 1 ? Set.of("83", "ef") : Set.of("ef");
            case PREP -> Set.of("41");
            case LINUX, LOGICAL, HOME, BIOS_GRUB, MSFTRES, MBR -> Set.of("83");
        };
    }
}
