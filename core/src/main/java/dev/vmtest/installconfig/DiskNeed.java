package dev.vmtest.installconfig;

import org.jspecify.annotations.Nullable;

/**
 * Describe a disk that a configuration needs its machine to have.
 *
 * @param id the id of the {@code disk} action, or the name of a further disk
 * @param serial the serial that the guest must see, or null
 * @param wwn the world wide name that the guest must see, or null
 * @param path the path by which the configuration finds it, or null
 * @param size bytes
 * @param driver {@code virtio-blk}, {@code scsi-hd} or {@code nvme}
 * @param blockSize logical block size in bytes
 * @param paths how often the same disk appears
 */
public record DiskNeed(
        String id,
        @Nullable String serial,
        @Nullable String wwn,
        @Nullable String path,
        long size,
        String driver,
        int blockSize,
        int paths) {}
