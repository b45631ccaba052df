package dev.vmtest.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work out where the partitions of a device lie, as curtin does.
 *
 * <p>The first begins at 1 MiB, each further one at the next full MiB after the one before it in the
 * list. A logical partition begins 1 MiB after the start of the extended partition or the end of the
 * logical one before it, which leaves room for the chain of logical partitions; in version 1 the
 * extended partition grows by 1 MiB for each. Sizes are exact. Version 2 honours offsets.
 */
public final class PartitionPlaces {

    private static final long MIB = 1L << 20;

    private PartitionPlaces() {}

    /** Hold where a partition begins and how long it is, in bytes. */
    public record Place(long start, long size) {

        /** Return the byte after the last one. */
        public long end() {
            return start + size;
        }
    }

    /** Return the places of the partitions of a device by the id of their action, in file order. */
    public static Map<String, Place> of(StorageConfig config, List<Partition> partitions) {
        Map<String, Place> places = new LinkedHashMap<>();
        long next = MIB;
        @Nullable Place extended = null;
        long nextLogical = 0;
        for (Partition partition : partitions) {
            long size = StorageSizes.inTable(config, partition);
            Place place;
            if (isLogical(config, partition)) {
                // Without an extended partition the storage rules have refused the configuration.
                long from = extended == null ? next : nextLogical;
                place = new Place(offset(config, partition, StorageSizes.align(from) + MIB), size);
                nextLogical = place.end();
                next = Math.max(next, nextLogical);
            } else {
                place = new Place(offset(config, partition, StorageSizes.align(next)), size);
                next = place.end();
            }
            if (partition.flag() == PartitionFlag.EXTENDED) {
                extended = place;
                nextLogical = place.start();
            }
            places.put(partition.id(), place);
        }
        return places;
    }

    /** Only an msdos table has logical partitions, whatever their flag says. */
    static boolean isLogical(StorageConfig config, Partition partition) {
        return StorageGraph.partitionTable(config, partition.device()) == PartitionTable.MSDOS
                && PartitionNumbers.isLogical(config, partition);
    }

    private static long offset(StorageConfig config, Partition partition, long computed) {
        Long given = partition.offset();
        return given == null || config.version() == 1 ? computed : given;
    }
}
