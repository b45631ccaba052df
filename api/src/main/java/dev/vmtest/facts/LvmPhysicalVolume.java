package dev.vmtest.facts;

/**
 * Describe one LVM physical volume.
 *
 * @param path the device, as LVM names it
 * @param group the volume group that it belongs to; empty if none
 * @param size usable bytes
 */
public record LvmPhysicalVolume(String path, String group, long size) {}
