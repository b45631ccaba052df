package dev.vmtest.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Say what lies where on a disk image that is made here: a GPT whose disk boots by BIOS and by UEFI. Who makes one and who
 * judges what was installed from one take their facts from here.
 *
 * <p>All numbers are sectors of 512 bytes.
 */
public final class DiskImageLayout {

    /** The UUID of the partition table. */
    public static final String TABLE = "8D1F4C1A-6B0E-4A57-9C3B-5F1D6A7E2B01";
    /** The first sector of what lies in no partition; only a copy of the whole disk brings it along. */
    public static final int STAMP_START = 64;
    /** How many sectors it has. */
    public static final int STAMP_SECTORS = 32;
    /** The line that it repeats. */
    public static final String STAMP = "vmtest disk image";

    private static final int DISK_SECTORS = 1_980_416;

    /** The partition that GRUB for BIOS goes on from. */
    public static final Part LOADER = new Part(
            14, 2048, 2048, "21686148-6449-6E6F-744E-656564454649", "8D1F4C1A-6B0E-4A57-9C3B-5F1D6A7E2B14", "", "");

    /** The EFI system partition. */
    public static final Part SYSTEM = new Part(
            15,
            4096,
            131_072,
            "C12A7328-F81F-11D2-BA4B-00A0C93EC93B",
            "8D1F4C1A-6B0E-4A57-9C3B-5F1D6A7E2B15",
            "vfat",
            "5A0E-D15C");

    /** The partition of the root. */
    public static final Part ROOT = new Part(
            1,
            135_168,
            1_843_200,
            "0FC63DAF-8483-4772-8E79-3D69D8477DE4",
            "8D1F4C1A-6B0E-4A57-9C3B-5F1D6A7E2B11",
            "ext4",
            "8d1f4c1a-6b0e-4a57-9c3b-5f1d6a7e2bff");

    private DiskImageLayout() {}

    /**
     * Describe a partition.
     *
     * @param number its number in the table
     * @param type its type as a GUID in upper case
     * @param uuid its own UUID in upper case
     * @param fileSystem the type of its file system, or empty
     * @param fileSystemUuid the UUID of its file system as blkid writes it, or empty
     */
    public record Part(
            int number, long start, long size, String type, String uuid, String fileSystem, String fileSystemUuid) {}

    /** Return all partitions. */
    public static List<Part> parts() {
        return List.of(LOADER, SYSTEM, ROOT);
    }

    /** Return the settings of the program that makes a disk image, by their names there. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("table_uuid", TABLE);
        settings.put("disk_sectors", Integer.toString(DISK_SECTORS));
        settings.put("stamp", STAMP);
        settings.put("stamp_start", Integer.toString(STAMP_START));
        settings.put("stamp_sectors", Integer.toString(STAMP_SECTORS));
        put(settings, "loader", LOADER);
        put(settings, "system", SYSTEM);
        put(settings, "root", ROOT);
        return settings;
    }

    private static void put(Map<String, String> settings, String name, Part part) {
        settings.put(name + "_start", Long.toString(part.start()));
        settings.put(name + "_sectors", Long.toString(part.size()));
        settings.put(name + "_partition", part.uuid());
        settings.put(name + "_uuid", part.fileSystemUuid());
    }
}
