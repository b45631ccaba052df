package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Disk;
import org.jspecify.annotations.Nullable;

/**
 * Hold one entry of {@code vmtest.disks}: what the configuration itself can't say about a disk.
 *
 * @param id the id of a {@code disk} action, or null
 * @param serial the serial of a {@code disk} action, or of a further disk
 * @param wwn the world wide name of a {@code disk} action, or of a further disk
 * @param name a name for a further disk
 * @param size bytes, or null to keep the inferred size
 * @param driver a driver as QEMU names it (virtio-blk, scsi-hd, nvme), or null
 * @param blockSize logical block size in bytes, or null
 * @param paths how often the disk appears, or null
 * @param auth {@code user:password} with which an iSCSI disk is reached, or null
 * @param targetAuth {@code user:password} with which its target answers, or null
 */
public record DiskOverride(
        Location location,
        @Nullable String id,
        @Nullable String serial,
        @Nullable String wwn,
        @Nullable String name,
        @Nullable Long size,
        @Nullable String driver,
        @Nullable Integer blockSize,
        @Nullable Integer paths,
        @Nullable Secret auth,
        @Nullable Secret targetAuth) {

    /** Return whether this entry is about a disk action. */
    public boolean describes(Disk disk) {
        return disk.id().equals(id)
                || (serial != null && serial.equals(disk.serial()))
                || (wwn != null && wwn.equals(disk.wwn()));
    }
}
