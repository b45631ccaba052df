package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hold the parts of a layout against the room below them, from the disks upwards. */
final class SizeCheck {

    private static final long MIB = 1L << 20;
    /** LVM's default extent. */
    private static final long EXTENT = 4 * MIB;
    /** A GPT has a copy of itself in the last sectors. */
    private static final long COPY_OF_GPT = 33 * 512;
    /** The default LUKS2 header. */
    private static final long LUKS_HEADER = 16 * MIB;
    /**
     * The smallest cache: the kernel wants 513 buckets (Linux, drivers/md/bcache/super.c, cache_alloc), each of which
     * has 512 KiB by default (make-bcache(8)).
     */
    private static final long SMALLEST_CACHE = 257 * MIB;

    private final StorageConfig config;
    private final StorageGraph graph;
    private final Problems problems;
    /** Bytes of each block device whose size is known. */
    private final Map<String, Long> room;

    private final Map<String, Long> allocated = new HashMap<>();

    SizeCheck(StorageConfig config, Map<String, Long> disks, Problems problems) {
        this.config = config;
        this.graph = new StorageGraph(config);
        this.problems = problems;
        this.room = new HashMap<>(disks);
    }

    void check() {
        for (StorageAction action : graph.topologicalOrder()) {
            if (action instanceof Bcache bcache) {
                checkCache(bcache);
            }
            if (action instanceof Disk disk) {
                DeviceNodes.maker(config, disk).ifPresent(maker -> put(disk.id(), room.get(maker.id())));
            } else if (action instanceof Partition partition) {
                room.put(action.id(), partition.size());
            } else if (action instanceof Raid raid && raid.container() == null) {
                put(raid.id(), capacity(raid));
            } else if (action instanceof DmCrypt crypt) {
                put(crypt.id(), less(room.get(crypt.volume()), LUKS_HEADER));
            } else if (action instanceof Bcache bcache && bcache.backingDevice() != null) {
                put(bcache.id(), less(room.get(bcache.backingDevice()), 8 * 1024));
            } else if (action instanceof VolumeGroup group) {
                put(group.id(), capacity(group));
            } else if (action instanceof LogicalVolume volume) {
                checkVolume(volume);
            }
            checkPartitions(action);
        }
    }

    private void checkCache(Bcache bcache) {
        Long size = bcache.cacheDevice() == null ? null : room.get(bcache.cacheDevice());
        if (size != null && size < SMALLEST_CACHE) {
            problems.add(
                    bcache.origin().location("cache_device"),
                    ActionType.describe(bcache) + ": the cache '" + bcache.cacheDevice() + "' has " + shown(size)
                            + ", and the kernel accepts none below " + shown(SMALLEST_CACHE),
                    "make it larger");
        }
    }

    private void put(String id, @Nullable Long bytes) {
        if (bytes != null) {
            room.put(id, bytes);
        }
    }

    private static @Nullable Long less(@Nullable Long bytes, long taken) {
        return bytes == null ? null : Math.max(0, bytes - taken);
    }

    private void checkPartitions(StorageAction parent) {
        Long size = room.get(parent.id());
        boolean gpt = parent.partitionTable() == PartitionTable.GPT;
        if (config.version() > 1) {
            checkPlaces(parent, size, gpt ? COPY_OF_GPT : 0);
            return;
        }
        long end = MIB;
        long logicalEnd = 0;
        Partition extended = null;
        for (StorageAction user : graph.dependents(parent.id())) {
            if (!(user instanceof Partition partition) || parent instanceof Partition) {
                continue;
            }
            if (PartitionNumbers.isLogical(config, partition)) {
                if (extended != null && !partition.preserve()) {
                    logicalEnd = StorageSizes.align(logicalEnd + MIB + partition.size());
                    refuseBeyond(
                            partition,
                            logicalEnd,
                            StorageSizes.inTable(config, extended),
                            ActionType.describe(extended));
                }
                continue;
            }
            if (partition.flag() == PartitionFlag.EXTENDED) {
                extended = partition;
                logicalEnd = 0;
            }
            Long offset = partition.offset();
            long start = StorageSizes.align(end);
            if (offset != null && partition.preserve()) {
                start = offset;
            }
            end = start + StorageSizes.inTable(config, partition);
            if (size != null) {
                refuseBeyond(partition, end + (gpt ? COPY_OF_GPT : 0), size, ActionType.describe(parent));
            }
        }
    }

    /** In version 2 what lies outside of an extended partition is told without the size of the disk. */
    private void checkPlaces(StorageAction parent, @Nullable Long size, long reserved) {
        List<Partition> partitions = graph.dependents(parent.id()).stream()
                .filter(Partition.class::isInstance)
                .map(Partition.class::cast)
                .toList();
        if (size == null || parent instanceof Partition) {
            return;
        }
        Map<String, PartitionPlaces.Place> places = PartitionPlaces.of(config, partitions);
        for (Partition partition : partitions) {
            PartitionPlaces.Place place = Objects.requireNonNull(places.get(partition.id()));
            if (!PartitionPlaces.isLogical(config, partition)) {
                refuseBeyond(partition, place.end() + reserved, size, ActionType.describe(parent));
            }
        }
    }

    private void refuseBeyond(Partition partition, long end, long size, String parent) {
        if (end > size) {
            boolean placed = config.version() > 1 && partition.offset() != null;
            problems.add(
                    partition.origin().location(placed ? "offset" : "size"),
                    ActionType.describe(partition) + " does not fit: with what stands before it, it needs " + shown(end)
                            + " of " + parent + ", which has " + shown(size),
                    "make it smaller, or the disk larger");
        }
    }

    private @Nullable Long capacity(Raid raid) {
        long least = Long.MAX_VALUE;
        long sum = 0;
        for (String device : raid.devices()) {
            Long bytes = room.get(device);
            if (bytes == null) {
                return null;
            }
            least = Math.min(least, bytes);
            sum += bytes;
        }
        int count = raid.devices().size();
        if (count == 0) {
            return null;
        }
        return switch (raid.level()) {
            case RAID0, LINEAR -> sum;
            case RAID1 -> least;
            case RAID4, RAID5 -> least * Math.max(1, count - 1);
            case RAID6 -> least * Math.max(1, count - 2);
            case RAID10 -> least * count / 2;
            case CONTAINER -> null;
        };
    }

    private @Nullable Long capacity(VolumeGroup group) {
        List<Long> sizes = new ArrayList<>();
        for (String device : group.devices()) {
            Long bytes = room.get(device);
            if (bytes == null) {
                return null;
            }
            sizes.add(Math.max(0, bytes - MIB) / EXTENT * EXTENT);
        }
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    private void checkVolume(LogicalVolume volume) {
        Long total = room.get(volume.volumeGroup());
        Long size = volume.size();
        long before = allocated.getOrDefault(volume.volumeGroup(), 0L);
        if (size != null) {
            long extents = (size + EXTENT - 1) / EXTENT * EXTENT;
            allocated.put(volume.volumeGroup(), before + extents);
            room.put(volume.id(), extents);
            if (total != null && before + extents > total) {
                problems.add(
                        volume.origin().location("size"),
                        ActionType.describe(volume) + " does not fit: it needs " + shown(extents)
                                + ", and lvm_volgroup '" + volume.volumeGroup() + "' has "
                                + shown(Math.max(0, total - before)) + " left",
                        "make it smaller, or the disks larger");
            }
        } else if (total != null) {
            room.put(volume.id(), Math.max(0, total - before));
            if (total <= before) {
                problems.add(
                        volume.origin().location(),
                        ActionType.describe(volume) + " takes what remains of lvm_volgroup '" + volume.volumeGroup()
                                + "', but nothing remains",
                        "make the volumes before it smaller");
            }
        }
    }

    private static String shown(long bytes) {
        long mib = (bytes + MIB - 1) / MIB;
        return mib % 1024 == 0 ? mib / 1024 + "G" : mib + "M";
    }
}
