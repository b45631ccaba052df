package dev.vmtest.facts;

/**
 * Describe one LVM volume group.
 *
 * @param size bytes
 * @param free bytes that no logical volume has
 * @param extentSize bytes; every logical volume is a whole number of extents
 * @param missing how many of its physical volumes are not there
 */
public record LvmVolumeGroup(String name, String uuid, long size, long free, long extentSize, int missing) {}
