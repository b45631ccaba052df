package dev.vmtest.facts;

/**
 * Describe whether the first sector of a disk starts GRUB on BIOS.
 *
 * @param disk the disk's kernel name
 * @param grub whether GRUB's boot.img is there
 * @param coreSector the 512-byte sector that boot.img continues at
 * @param core whether GRUB's core.img is really at that sector
 */
public record BootSector(String disk, boolean grub, long coreSector, boolean core) {}
