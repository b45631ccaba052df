package dev.vmtest.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe one block device, as {@code lsblk} listed it.
 *
 * @param kernelName the kernel's name without {@code /dev/}, such as {@code vda2}
 * @param name the device mapper's name or the kernel's
 * @param type {@code disk}, {@code part}, {@code lvm}, {@code raid1}, {@code crypt}, …
 * @param parents the devices directly below it, by kernel name; empty for a whole disk
 * @param deviceNumber {@code major:minor}
 * @param size bytes
 * @param logicalSectorSize bytes
 * @param physicalSectorSize bytes
 * @param serial the serial number, or null
 * @param wwn the world wide name, or null
 * @param transport how the disk is attached, in the words of lsblk(8), or null
 */
public record BlockDevice(
        String kernelName,
        String name,
        String type,
        List<String> parents,
        String deviceNumber,
        long size,
        long logicalSectorSize,
        long physicalSectorSize,
        @Nullable String serial,
        @Nullable String wwn,
        @Nullable String transport) {

    public BlockDevice {
        parents = List.copyOf(parents);
    }

    /** Return whether this is a whole disk. */
    public boolean isDisk() {
        return type.equals("disk");
    }
}
