package dev.vmtest.storage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Say which number each partition gets.
 *
 * <p>As curtin does it: the given number, else one more than the count of partitions before it on the
 * same device; logical partitions are counted from 5 on their own, and a given number holds for them
 * only where the partition exists already.
 */
public final class PartitionNumbers {

    private static final int FIRST_LOGICAL = 5;

    private PartitionNumbers() {}

    /** Return the number of each partition by the id of its action, in file order. */
    public static Map<String, Integer> of(StorageConfig config) {
        return of(config, config.all(Partition.class));
    }

    /** Return the number of each partition of one device, or of several, by the id of its action, in file order. */
    public static Map<String, Integer> of(StorageConfig config, List<Partition> partitions) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> nextLogical = new HashMap<>();
        for (Partition partition : partitions) {
            Integer given = partition.number();
            int position = counts.merge(partition.device(), 1, Integer::sum);
            int number;
            if (isLogical(config, partition)) {
                int next = nextLogical.getOrDefault(partition.device(), FIRST_LOGICAL);
                number = given != null && partition.preserve() ? given : next;
                nextLogical.put(partition.device(), number + 1);
            } else {
                number = given == null ? position : given;
            }
            numbers.putIfAbsent(partition.id(), number);
        }
        return numbers;
    }

    /** Return how many partitions of a device lie in its extended one. */
    public static long logicals(StorageConfig config, String device) {
        return config.partitions(device).stream()
                .filter(partition -> isLogical(config, partition))
                .count();
    }

    /** Return whether a partition lies in the extended partition of an msdos table. */
    public static boolean isLogical(StorageConfig config, Partition partition) {
        if (partition.flag() == PartitionFlag.LOGICAL) {
            return true;
        }
        Integer given = partition.number();
        return given != null
                && given >= FIRST_LOGICAL
                && StorageGraph.partitionTable(config, partition.device()) == PartitionTable.MSDOS;
    }
}
