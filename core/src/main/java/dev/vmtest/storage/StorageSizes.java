package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reckon how much room the parts of a layout take and have.
 *
 * <p>Partitions begin at whole MiB; a table takes the first MiB and, for GPT, the last; a logical
 * partition takes one MiB more for its own table.
 */
public final class StorageSizes {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    /** What a device gets that nothing describes further. */
    private static final long SOME = 2 * GIB;

    private final StorageConfig config;
    private final StorageGraph graph;

    /** Reckon for a configuration. */
    public StorageSizes(StorageConfig config) {
        this.config = config;
        this.graph = new StorageGraph(config);
    }

    /**
     * Check that every part fits disks of given sizes (bytes by id of the disk action).
     *
     * @throws IllegalStateException if references form a circle, which {@link StorageReader} reports
     */
    public static void check(StorageConfig config, Map<String, Long> disks, Problems problems) {
        new SizeCheck(config, disks, problems).check();
    }

    /** Return a size in whole GiB on which all that stands on a disk fits with some room left. */
    public long leastDiskSize(String diskId) {
        long needed = needed(diskId, 0) + GIB / 2;
        return (needed + GIB - 1) / GIB * GIB;
    }

    private long needed(String id, int depth) {
        List<StorageAction> users = graph.dependents(id);
        long most = SOME;
        List<Partition> partitions = new ArrayList<>();
        for (StorageAction user : depth > 20 ? List.<StorageAction>of() : users) {
            if (user instanceof Partition partition) {
                partitions.add(partition);
            } else if (user instanceof VolumeGroup) {
                most = Math.max(most, volumes(user.id()));
            } else if (user instanceof Mount mount && "/".equals(mount.path())) {
                most = Math.max(most, 4 * GIB);
            } else {
                most = Math.max(most, needed(user.id(), depth + 1));
            }
        }
        return partitions.isEmpty() ? most : extent(partitions);
    }

    private long volumes(String group) {
        long sum = 0;
        for (LogicalVolume volume : config.all(LogicalVolume.class)) {
            if (volume.volumeGroup().equals(group)) {
                sum += volume.size() == null ? GIB : volume.size();
            }
        }
        return sum + 16 * MIB;
    }

    /** Return where the last of the partitions of a device ends, with room for the table's copy. */
    long extent(List<Partition> partitions) {
        long end = MIB;
        for (Partition partition : partitions) {
            if (PartitionNumbers.isLogical(config, partition)) {
                continue;
            }
            Long offset = partition.offset();
            long start = offset != null && (config.version() == 2 || partition.preserve()) ? offset : end;
            end = Math.max(end, align(start + inTable(config, partition)));
        }
        return end + MIB;
    }

    /**
     * Return the bytes that a partition of a new table takes. An extended one of version 1 grows by one MiB for each
     * logical one in it, so that those of its size fit beside their own tables.
     */
    public static long inTable(StorageConfig config, Partition partition) {
        return partition.flag() == PartitionFlag.EXTENDED && config.version() == 1
                ? partition.size() + MIB * PartitionNumbers.logicals(config, partition.device())
                : partition.size();
    }

    static long align(long bytes) {
        return (bytes + MIB - 1) / MIB * MIB;
    }
}
