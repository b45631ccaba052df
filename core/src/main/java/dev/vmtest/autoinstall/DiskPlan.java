package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.storage.Sizes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decide how large the machine's disks are: as {@code vmtest: {disks: …}} says, otherwise so that what stands on them
 * fits and a disk that is to be the largest or smallest is that.
 */
final class DiskPlan {

    private static final long MIB = DiskRoom.MIB;
    private static final long GIB = 1024 * MIB;

    /** What a test's disk has that nothing else is said of. */
    private static final long USUAL = 10 * GIB;

    /** What a partition gets that takes the rest, or a share. */
    private static final long REST = 6 * GIB;

    /** A share of a disk is to be large enough to hold something. */
    private static final long SHARED = 20 * GIB;

    private static final long MOST = 1L << 50;

    private final List<MapValue> actions;
    private final Map<String, List<MapValue>> partitions;
    private final Draft draft;
    private final Problems problems;
    private final Map<String, DiskMatch> matches = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new LinkedHashMap<>();

    DiskPlan(List<MapValue> actions, Draft draft, Problems problems) {
        this.actions = actions;
        this.partitions = actions.stream()
                .filter(action -> StorageActions.text(action, "type").equals("partition"))
                .collect(Collectors.groupingBy(action -> StorageActions.text(action, "device")));
        this.draft = draft;
        this.problems = problems;
    }

    /** Note that a disk action matches a disk instead of naming it. */
    void matched(String id, DiskMatch match) {
        matches.put(id, match);
    }

    /** Return the size of a disk in bytes. */
    long size(String id) {
        return sizes.getOrDefault(id, USUAL);
    }

    /** Return the size that the file's own {@code vmtest.disks} gives a disk, or null. */
    static @Nullable Long ownSize(MapValue own, String id) {
        List<Value> disks = own.get("disks") instanceof ListValue list ? list.items() : List.of();
        return disks.stream()
                .filter(MapValue.class::isInstance)
                .map(MapValue.class::cast)
                .filter(disk -> StorageActions.text(disk, "id").equals(id))
                .map(disk -> disk.get("size"))
                .filter(ScalarValue.class::isInstance)
                .flatMap(size -> bytes((ScalarValue) size).stream())
                .findFirst()
                .orElse(null);
    }

    /** Return the bytes of a size, nothing if it is none. */
    static Optional<Long> bytes(ScalarValue size) {
        return size.value() instanceof BigInteger number
                ? (number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty())
                : Sizes.parse(size.text().toUpperCase(Locale.ROOT));
    }

    /** Decide, once all disks are known, and tell the machine. */
    void decide() {
        List<MapValue> disks = actions.stream()
                .filter(action -> StorageActions.text(action, "type").equals("disk"))
                .toList();
        boolean isOrdered = disks.size() > 1 && matches.values().stream().anyMatch(match -> match.size() != null);
        List<MapValue> told = new ArrayList<>();
        for (MapValue disk : disks) {
            String id = StorageActions.text(disk, "id");
            Long own = ownSize(draft.own(), id);
            boolean hasShares = partitions(id).stream().anyMatch(DiskPlan::isRelative);
            sizes.put(id, own == null ? Math.min(MOST, needed(id)) : own);
            DiskMatch match = matches.get(id);
            if ((own == null && (isOrdered || hasShares)) || (match != null && match.driver() != null)) {
                told.add(disk);
            }
        }
        if (isOrdered) {
            order(disks);
        }
        told.forEach(this::tell);
    }

    private void tell(MapValue disk) {
        String id = StorageActions.text(disk, "id");
        Place place = new Place(disk.location());
        Map<String, Value> entry = new LinkedHashMap<>();
        entry.put("id", place.text(id));
        entry.put("size", place.size(size(id)));
        DiskMatch match = matches.get(id);
        if (match != null && match.driver() != null) {
            entry.put("driver", place.text(match.driver()));
        }
        draft.disk(place.map(entry));
    }

    /** A disk is chosen among those that no action before it has taken. */
    private void order(List<MapValue> disks) {
        for (int index = disks.size() - 2; index >= 0; index--) {
            String id = StorageActions.text(disks.get(index), "id");
            List<String> later = disks.subList(index + 1, disks.size()).stream()
                    .map(disk -> StorageActions.text(disk, "id"))
                    .toList();
            DiskMatch match = matches.get(id);
            if (match == null || match.size() == null) {
                continue;
            }
            boolean largest = match.size().equals("largest");
            if (largest) {
                long most = later.stream().mapToLong(this::size).max().orElse(0);
                change(id, Math.max(size(id), most + GIB));
            } else {
                long least = later.stream().mapToLong(this::size).min().orElse(0);
                long more = Math.max(0, size(id) + GIB - least);
                later.forEach(other -> change(other, size(other) + more));
            }
            boolean holds = later.stream().allMatch(other -> largest ? size(other) < size(id) : size(other) > size(id));
            if (!holds) {
                problems.add(
                        disks.get(index).locationOf("match"),
                        "disk '" + id + "' is not the " + match.size() + " with the sizes that 'vmtest: disks' gives",
                        "change these sizes");
            }
        }
    }

    private void change(String id, long size) {
        if (ownSize(draft.own(), id) == null) {
            sizes.put(id, size);
        }
    }

    private long needed(String id) {
        long fixed = 0;
        long shares = 0;
        boolean hasRest = false;
        for (MapValue partition : partitions(id)) {
            if (partition.get("size") instanceof ScalarValue size) {
                if (isShare(size)) {
                    shares += share(size);
                } else if (isRest(size)) {
                    hasRest = true;
                } else if (!StorageActions.text(partition, "flag").equals("logical")) {
                    fixed += Math.min(MOST, bytes(size).orElse(0L)) + MIB;
                }
            }
        }
        long all = fixed + 2 * MIB + (hasRest || shares > 0 ? Math.max(REST, volumes()) : 0);
        long part = Math.max(1, 100 - shares);
        long size = shares == 0 ? all : Math.max(SHARED, all / part * 100 + MIB);
        boolean isRelative = hasRest || shares > 0;
        return Math.max(USUAL, (size + (isRelative ? 0 : GIB / 2) + GIB - 1) / GIB * GIB);
    }

    /** Volumes whose sizes are written may all stand on one partition that takes the rest. */
    private long volumes() {
        long sum = 0;
        for (MapValue action : actions) {
            if (StorageActions.text(action, "type").equals("lvm_partition")
                    && action.get("size") instanceof ScalarValue size
                    && !isShare(size)
                    && !isRest(size)) {
                sum = Math.min(MOST, sum + Math.max(0, bytes(size).orElse(0L)));
            }
        }
        return sum == 0 ? 0 : sum + REST;
    }

    private List<MapValue> partitions(String device) {
        return partitions.getOrDefault(device, List.of());
    }

    private static boolean isRelative(MapValue partition) {
        return partition.get("size") instanceof ScalarValue size && (isShare(size) || isRest(size));
    }

    /** Return whether a size is a share of what holds it. */
    static boolean isShare(ScalarValue size) {
        return size.text().matches("[0-9]{1,3}%");
    }

    /** Return the per cent of a share. */
    static long share(ScalarValue size) {
        return Long.parseLong(size.text().substring(0, size.text().length() - 1));
    }

    /** Return whether a size stands for the rest. */
    static boolean isRest(ScalarValue size) {
        return size.value() instanceof BigInteger number && number.signum() < 0;
    }
}
