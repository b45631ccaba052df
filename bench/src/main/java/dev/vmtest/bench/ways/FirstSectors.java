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
    private static final int LARGE_SECTOR = 4096;

    /** No signature, revision 1.0 and a header of 92 bytes (UEFI specification, 5.3.2). */
    private static final byte[] WIPED_GPT = HexFormat.of().parseHex("0000000000000000000001005c000000");

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

    /** Where ext2, 3 and 4 have their superblock and in it their magic number (Linux, ext4 on-disk layout). */
    private static final int EXT_SUPERBLOCK = 1024;

    private static final int EXT_MAGIC_AT = EXT_SUPERBLOCK + 56;
    private static final byte[] EXT_MAGIC = {0x53, (byte) 0xef};

    /** Where bcache has its own, in the superblock of the eighth sector (Linux, uapi/linux/bcache.h). */
    private static final int BCACHE_MAGIC_AT = 8 * SECTOR + 24;

    private static final byte[] BCACHE_MAGIC = HexFormat.of().parseHex("c68573f64e1a45ca8265f57f48ba6d81");

    /** Where Linux RAID has its superblock of version 1.2 (Linux, uapi/linux/raid/md_p.h; md(4)). */
    private static final int RAID_SUPERBLOCK = 8 * SECTOR;

    private static final byte[] RAID_MAGIC = HexFormat.of().parseHex("fc4e2ba901000000");

    /** Where LVM has the label of a physical volume (lvm2, lib/label/label.h: the second sector). */
    private static final int LVM_LABEL = SECTOR;

    /** LUKS1 and LUKS2 begin with this (LUKS2 On-Disk Format, 2.1). */
    private static final byte[] LUKS_MAGIC = HexFormat.of().parseHex("4c554b53babe");

    /** Where swap space has its magic on 4096-byte pages, and the uuid (util-linux, swapheader.h). */
    private static final int SWAP_HEADER = 4096;

    private static final int SWAP_MAGIC_AT = SWAP_HEADER - 10;

    private static final int SWAP_UUID = 1024 + 12;
    private static final int UUID_LENGTH = 16;

    /** Where GRUB's boot sector has its name (GRUB 2, boot/i386/pc/boot.S). */
    private static final int GRUB_AT = 0x180;

    /**
     * Where the sector after that has the length of what follows (diskboot.S): the core image, which names the array or
     * volume that /boot is on, compressed, and so is of any length and content.
     */
    private static final int GRUB_LENGTH_AT = SECTOR - 4;

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
        if (holds(disk, 0, LUKS_MAGIC)) {
            return List.of("a LUKS header, of which cryptsetup's own words are compared");
        }
        if (holds(disk, 0, "XFSB")) {
            return List.of("an XFS file system, of which blkid's words are compared");
        }
        byte[] masked = disk.clone();
        int end = disk.length;
        if (isGpt(disk, SECTOR)) {
            mask(masked, 0, SIGNATURE, SIGNATURE_LENGTH);
            maskGpt(masked, SECTOR);
        } else if (isGpt(disk, LARGE_SECTOR)) {
            mask(masked, 0, SIGNATURE, SIGNATURE_LENGTH);
            maskGpt(masked, LARGE_SECTOR);
        } else if (holds(disk, BCACHE_MAGIC_AT, BCACHE_MAGIC)) {
            // The tool's own words about it are compared.
            end = BCACHE_MAGIC_AT / SECTOR * SECTOR;
        } else if (holds(disk, RAID_SUPERBLOCK, RAID_MAGIC)) {
            // The kernel's and the tool's own words about it are compared.
            end = RAID_SUPERBLOCK;
        } else if (holds(disk, LVM_LABEL, "LABELONE")) {
            end = LVM_LABEL;
        } else if (holds(disk, SWAP_MAGIC_AT, "SWAPSPACE2")) {
            mask(masked, 0, SWAP_UUID, UUID_LENGTH);
            // What follows the header was never written; below a key of this boot it is noise.
            end = SWAP_HEADER;
        } else if (holds(disk, EXT_MAGIC_AT, EXT_MAGIC)) {
            end = EXT_SUPERBLOCK;
        } else if (holds(disk, FAT32_NAME, "FAT32")) {
            mask(masked, 0, FAT32_NUMBER, SIGNATURE_LENGTH);
            mask(masked, FAT32_COPY * SECTOR, FAT32_NUMBER, SIGNATURE_LENGTH);
        } else if (holds(disk, FAT16_NAME, "FAT1")) {
            mask(masked, 0, FAT16_NUMBER, SIGNATURE_LENGTH);
        } else {
            mask(masked, 0, SIGNATURE, SIGNATURE_LENGTH);
            if (holds(disk, GRUB_AT, "GRUB ")) {
                mask(masked, SECTOR, GRUB_LENGTH_AT, 2);
                end = 2 * SECTOR;
            }
        }
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < end; start += SECTOR) {
            byte[] sector = Arrays.copyOfRange(masked, start, Math.min(start + SECTOR, end));
            if (!Arrays.equals(sector, new byte[sector.length])) {
                lines.add("sector " + start / SECTOR + ": " + HexFormat.of().formatHex(sector));
            }
        }
        return lines;
    }

    /** Say whether there is a header in the second sector, or one of which only the signature was wiped. */
    private static boolean isGpt(byte[] disk, int sector) {
        return disk.length >= 2 * sector && (holds(disk, sector, "EFI PART") || holds(disk, sector, WIPED_GPT));
    }

    /** Mask both sums and the disk's id of the header, and the id of each entry (UEFI specification, 5.3). */
    private static void maskGpt(byte[] disk, int sector) {
        mask(disk, sector, 16, 4);
        mask(disk, sector, 56, 16);
        mask(disk, sector, 88, 4);
        ByteBuffer header = ByteBuffer.wrap(disk).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int entries = header.getInt(sector + 80);
        int size = header.getInt(sector + 84);
        for (int entry = 0; entry < entries && size > 0; entry++) {
            mask(disk, 2 * sector, entry * size + 16, 16);
        }
    }

    private static void mask(byte[] disk, int base, int offset, int length) {
        for (int index = base + offset; index >= 0 && index < Math.min(base + offset + length, disk.length); index++) {
            disk[index] = 0;
        }
    }

    private static boolean holds(byte[] disk, int offset, String text) {
        return holds(disk, offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean holds(byte[] disk, int offset, byte[] expected) {
        return offset + expected.length <= disk.length
                && Arrays.equals(disk, offset, offset + expected.length, expected, 0, expected.length);
    }
}
