package dev.vmtest.bench.ways;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Make the beginnings of two disks comparable: boot code and partition entries stay, identities that were drawn anew go.
 */
final class FirstSectors {

    private static final int SECTOR = 512;

    /** The disk's signature in a master boot record (Microsoft, "Disk Sectors on GPT disks": offset 440, 4 bytes). */
    private static final int SIGNATURE = 440;

    private static final int SIGNATURE_LENGTH = 4;

    /** Where FAT has its volume number: extended boot signature + 1 (Microsoft FAT specification, section 3.3). */
    private static final int FAT32_NUMBER = 67;

    private static final int FAT16_NUMBER = 39;
    private static final int FAT32_NAME = 82;
    private static final int FAT16_NAME = 54;

    /** FAT32 keeps a copy of its first sector in this one. */
    private static final int FAT32_COPY = 6;

    /** A volume descriptor of ISO 9660 (ECMA-119, 6.2.1 and 8.1). */
    private static final int ISO_DESCRIPTOR = 16 * 2048 + 1;

    private FirstSectors() {}

    /** Say whether a collected file holds the beginning of a disk. */
    static boolean isOf(String path) {
        return path.startsWith("facts/boot/") && path.endsWith(".first");
    }

    /** Return a line for each sector that holds something. */
    static List<String> describe(byte[] disk) {
        if (holds(disk, ISO_DESCRIPTOR, "CD001")) {
            return List.of("a seed, which is made for each boot");
        }
        byte[] masked = disk.clone();
        if (disk.length >= 2 * SECTOR && holds(disk, SECTOR, "EFI PART")) {
            mask(masked, 0, SIGNATURE, SIGNATURE_LENGTH);
            maskGpt(masked);
        } else if (holds(disk, FAT32_NAME, "FAT32")) {
            mask(masked, 0, FAT32_NUMBER, SIGNATURE_LENGTH);
            mask(masked, FAT32_COPY * SECTOR, FAT32_NUMBER, SIGNATURE_LENGTH);
        } else if (holds(disk, FAT16_NAME, "FAT1")) {
            mask(masked, 0, FAT16_NUMBER, SIGNATURE_LENGTH);
        } else {
            mask(masked, 0, SIGNATURE, SIGNATURE_LENGTH);
        }
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < masked.length; start += SECTOR) {
            byte[] sector = Arrays.copyOfRange(masked, start, Math.min(start + SECTOR, masked.length));
            if (!Arrays.equals(sector, new byte[sector.length])) {
                lines.add("sector " + start / SECTOR + ": " + HexFormat.of().formatHex(sector));
            }
        }
        return lines;
    }

    /** Mask both sums and the disk's id of the header, and the id of each entry (UEFI specification, 5.3). */
    private static void maskGpt(byte[] disk) {
        mask(disk, SECTOR, 16, 4);
        mask(disk, SECTOR, 56, 16);
        mask(disk, SECTOR, 88, 4);
        ByteBuffer header = ByteBuffer.wrap(disk).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int entries = header.getInt(SECTOR + 80);
        int size = header.getInt(SECTOR + 84);
        for (int entry = 0; entry < entries && size > 0; entry++) {
            mask(disk, 2 * SECTOR, entry * size + 16, 16);
        }
    }

    private static void mask(byte[] disk, int base, int offset, int length) {
        for (int index = base + offset; index >= 0 && index < Math.min(base + offset + length, disk.length); index++) {
            disk[index] = 0;
        }
    }

    private static boolean holds(byte[] disk, int offset, String text) {
        byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
        return offset + expected.length <= disk.length
                && Arrays.equals(disk, offset, offset + expected.length, expected, 0, expected.length);
    }
}
