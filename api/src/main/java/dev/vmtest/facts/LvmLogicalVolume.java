package dev.vmtest.facts;

/**
 * Describe one LVM logical volume.
 *
 * @param size bytes
 * @param segmentType {@code linear}, {@code striped}, {@code raid1}, …
 */
public record LvmLogicalVolume(String name, String group, long size, String segmentType) {}
