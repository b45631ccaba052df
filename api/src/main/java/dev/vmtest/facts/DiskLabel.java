package dev.vmtest.facts;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe the partition table of a disk, as {@code sfdisk --json} read it from the disk itself.
 *
 * @param disk the disk's kernel name
 * @param type {@code gpt} or {@code dos}
 * @param id the table's own identifier
 * @param sectorSize bytes
 * @param slots its partitions by number
 */
public record DiskLabel(String disk, String type, String id, long sectorSize, List<Slot> slots) {

    public DiskLabel {
        slots = List.copyOf(slots);
    }

    /** Return the partition with a number. */
    public Optional<Slot> slot(int number) {
        return slots.stream().filter(slot -> slot.number() == number).findFirst();
    }

    /**
     * Describe one entry of a partition table.
     *
     * @param kernelName the partition's kernel name
     * @param number its number in the table
     * @param start bytes from the beginning of the disk
     * @param size bytes
     * @param type a GUID in upper case, or an msdos code in lower case hexadecimal without {@code 0x}
     * @param uuid the partition's own UUID, or null
     * @param name the gpt name, or null
     * @param attributes the gpt attributes, or an empty string
     * @param bootable whether the msdos active flag is set
     */
    public record Slot(
            String kernelName,
            int number,
            long start,
            long size,
            String type,
            @Nullable String uuid,
            @Nullable String name,
            String attributes,
            boolean bootable) {}
}
