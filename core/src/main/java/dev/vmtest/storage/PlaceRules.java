package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.PartitionPlaces.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Refuse offsets of version 2 at which the table can't hold a partition: sfdisk would refuse them in the guest. */
final class PlaceRules {

    private static final long SECTOR = 512;
    private static final long MIB = 1L << 20;
    /** The sectors of a GPT: a protective MBR, a header, and 32 with the entries. */
    private static final long GPT = 34 * SECTOR;

    private final Problems problems;
    private final Map<String, Place> places;
    private final Map<String, Integer> order = new HashMap<>();

    private PlaceRules(Map<String, Place> places, Problems problems) {
        this.places = places;
        this.problems = problems;
        places.keySet().forEach(id -> order.put(id, order.size()));
    }

    /** Check the partitions of one device, whose table is of GPT or msdos. */
    static void check(StorageConfig config, PartitionTable table, List<Partition> partitions, Problems problems) {
        if (config.version() == 1) {
            return;
        }
        PlaceRules rules = new PlaceRules(PartitionPlaces.of(config, partitions), problems);
        List<Partition> primaries = new ArrayList<>();
        List<Partition> logicals = new ArrayList<>();
        for (Partition partition : partitions) {
            rules.refusePartOfASector(partition);
            (PartitionPlaces.isLogical(config, partition) ? logicals : primaries).add(partition);
        }
        primaries.forEach(partition -> rules.refuseInTable(partition, table));
        rules.refuseOverlaps(primaries, 0);
        partitions.stream()
                .filter(partition -> partition.flag() == PartitionFlag.EXTENDED)
                .findFirst()
                .ifPresent(extended -> logicals.forEach(logical -> rules.refuseOutside(logical, extended)));
        // Each logical partition has a sector before it that leads to the next.
        rules.refuseOverlaps(logicals, SECTOR);
    }

    private Place place(Partition partition) {
        return Objects.requireNonNull(places.get(partition.id()));
    }

    private int order(Partition partition) {
        return Objects.requireNonNull(order.get(partition.id()));
    }

    private void refusePartOfASector(Partition partition) {
        Long offset = partition.offset();
        if (offset != null && offset % SECTOR != 0) {
            add(
                    partition,
                    "begins at byte " + offset + ", which is not the first of a sector",
                    "write a multiple of 1M, or at least of 512");
        }
    }

    private void refuseInTable(Partition partition, PartitionTable table) {
        long first = table == PartitionTable.GPT ? GPT : SECTOR;
        if (place(partition).start() < first) {
            add(
                    partition,
                    "begins at byte " + place(partition).start() + ", among the " + table.text()
                            + " table's own sectors, which end at byte " + first,
                    "write 'offset: 1M' or more");
        }
    }

    private void refuseOutside(Partition logical, Partition extended) {
        Place place = place(logical);
        Place around = place(extended);
        if (place.start() < around.start() + SECTOR || place.end() > around.end()) {
            add(
                    logical,
                    "lies from byte " + place.start() + " to " + place.end() + ", outside of the extended "
                            + ActionType.describe(extended) + " at "
                            + extended.origin().location(key(extended)) + ", whose logical ones lie from "
                            + (around.start() + SECTOR) + " to " + around.end(),
                    "move it, or make the extended one larger");
        }
    }

    private void refuseOverlaps(List<Partition> partitions, long between) {
        List<Partition> ordered = partitions.stream()
                .filter(partition -> place(partition).size() > 0)
                .sorted(Comparator.comparingLong(partition -> place(partition).start()))
                .toList();
        Partition furthest = null;
        for (Partition partition : ordered) {
            if (furthest != null && place(partition).start() < place(furthest).end() + between) {
                boolean inOrder = order(partition) > order(furthest);
                refuseOverlap(inOrder ? partition : furthest, inOrder ? furthest : partition, between);
            }
            if (furthest == null || place(partition).end() > place(furthest).end()) {
                furthest = partition;
            }
        }
    }

    private void refuseOverlap(Partition later, Partition earlier, long between) {
        Place place = place(later);
        Place taken = place(earlier);
        String other = ActionType.describe(earlier) + " at " + earlier.origin().location(key(earlier));
        boolean inside = place.start() >= taken.start();
        add(
                later,
                inside
                        ? "begins at byte " + place.start() + ", but " + other + " ends at " + taken.end()
                                + (between == 0 ? "" : " and a sector must lie between")
                        : "ends at byte " + place.end() + ", but " + other + " begins at " + taken.start(),
                inside
                        ? "write 'offset: " + Sizes.format((taken.end() + between + MIB - 1) / MIB * MIB) + "' or more"
                        : "move it, or make it smaller");
    }

    private void add(Partition partition, String what, String remedy) {
        problems.add(partition.origin().location(key(partition)), ActionType.describe(partition) + " " + what, remedy);
    }

    /** What says where a partition lies; without an offset it follows the one before it. */
    private static String key(Partition partition) {
        return partition.offset() == null ? "size" : "offset";
    }
}
