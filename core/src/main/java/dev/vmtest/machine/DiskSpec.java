package dev.vmtest.machine;

import org.jspecify.annotations.Nullable;

/**
 * Describe one disk of a machine.
 *
 * @param name a name unique in the machine; the image file is called {@code <name>.img}
 * @param size bytes
 * @param driver the device that presents it
 * @param serial the serial the guest sees; null gives it {@code name}, unless there is a wwn
 * @param wwn the world wide name as {@code 0x} and 16 hexadecimal digits, or null; only {@code
 *     scsi-hd} shows it: on the others it is the serial when there is none (Linux ignores the
 *     identifiers of QEMU's NVMe namespaces, NVME_QUIRK_BOGUS_NID)
 * @param logicalBlockSize bytes, 512 or 4096
 * @param physicalBlockSize bytes
 * @param paths how many times the same disk appears; more than one makes it a multipath disk
 */
public record DiskSpec(
        String name,
        long size,
        DiskDriver driver,
        @Nullable String serial,
        @Nullable String wwn,
        int logicalBlockSize,
        int physicalBlockSize,
        int paths) {

    /** Return the name of the disk's image in the directory of a machine's disks. */
    public String fileName() {
        return name + ".img";
    }
}
