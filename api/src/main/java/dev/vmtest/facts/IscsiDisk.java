package dev.vmtest.facts;

/**
 * Say which session and logical unit a disk comes from.
 *
 * @param device the kernel name
 * @param session the session's id
 * @param lun the logical unit
 */
public record IscsiDisk(String device, String session, int lun) {}
