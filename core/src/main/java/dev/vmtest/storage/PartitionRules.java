package dev.vmtest.storage;

import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuse partitions that their table can't hold. */
final class PartitionRules {

    private static final int MOST_PRIMARIES = 4;

    private final StorageConfig config;
    private final Problems problems;
    private final Map<String, Integer> numbers;

    private PartitionRules(StorageConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
        this.numbers = PartitionNumbers.of(config);
    }

    static void check(StorageConfig config, Problems problems) {
        Map<String, List<Partition>> byDevice = new LinkedHashMap<>();
        for (Partition partition : config.all(Partition.class)) {
            byDevice.computeIfAbsent(partition.device(), id -> new ArrayList<>())
                    .add(partition);
        }
        PartitionRules rules = new PartitionRules(config, problems);
        byDevice.forEach(
                (device, partitions) -> config.find(device).ifPresent(parent -> rules.checkDevice(parent, partitions)));
    }

    private void checkDevice(StorageAction parent, List<Partition> partitions) {
        PartitionTable table = parent.partitionTable();
        refuseSameNumbers(parent, partitions);
        if (table == null || table == PartitionTable.UNSUPPORTED) {
            refuseWithoutTable(parent, partitions, table);
        } else if (table == PartitionTable.MSDOS) {
            checkMsdos(parent, partitions);
            PlaceRules.check(config, table, partitions, problems);
        } else if (table == PartitionTable.GPT) {
            partitions.forEach(this::checkGpt);
            PlaceRules.check(config, table, partitions, problems);
        } else if (partitions.size() > 3) {
            Partition fourth = partitions.get(3);
            problems.add(
                    fourth.origin().location(),
                    ActionType.describe(fourth) + " is the fourth on '" + parent.id() + "'",
                    "a vtoc table holds at most 3");
        }
    }

    private void refuseSameNumbers(StorageAction parent, List<Partition> partitions) {
        Map<Integer, Partition> seen = new HashMap<>();
        for (Partition partition : partitions) {
            Integer number = numbers.get(partition.id());
            Partition first = number == null ? null : seen.putIfAbsent(number, partition);
            if (first != null && !first.id().equals(partition.id())) {
                problems.add(
                        partition.origin().location("number"),
                        ActionType.describe(partition) + " gets number " + number + " on '" + parent.id()
                                + "', as does " + ActionType.describe(first) + " at "
                                + first.origin().location("number"),
                        "give each its own 'number:'");
            }
        }
    }

    private void refuseWithoutTable(StorageAction parent, List<Partition> partitions, @Nullable PartitionTable table) {
        for (Partition partition : partitions) {
            if (!partition.preserve() && !(parent instanceof Partition)) {
                problems.add(
                        partition.origin().location("device"),
                        ActionType.describe(partition) + " stands on " + ActionType.describe(parent) + ", which has "
                                + (table == null ? "no partition table" : "an unsupported partition table"),
                        "add 'ptable: gpt' to '" + parent.id() + "'");
            }
        }
    }

    private void checkGpt(Partition partition) {
        PartitionFlag flag = partition.flag();
        if (flag == PartitionFlag.EXTENDED || flag == PartitionFlag.LOGICAL) {
            problems.add(
                    partition.origin().location("flag"),
                    ActionType.describe(partition) + " is " + flag.text() + ", but '" + partition.device()
                            + "' has a gpt table",
                    "remove the flag, or use 'ptable: msdos'");
        }
        if (partition.partitionType() != null && partition.partitionType().startsWith("0x")) {
            problems.add(
                    partition.origin().location("partition_type"),
                    ActionType.describe(partition) + ": a gpt table needs a GUID as 'partition_type', not '"
                            + partition.partitionType() + "'");
        }
    }

    private void checkMsdos(StorageAction parent, List<Partition> partitions) {
        Partition extended = null;
        int primaries = 0;
        for (Partition partition : partitions) {
            refuseGptKeys(partition);
            boolean logical = PartitionNumbers.isLogical(config, partition);
            if (logical) {
                checkLogical(parent, partition, extended, partitions);
                continue;
            }
            if (++primaries == MOST_PRIMARIES + 1) {
                problems.add(
                        partition.origin().location(),
                        ActionType.describe(partition) + " is the fifth primary partition on '" + parent.id() + "'",
                        "an msdos table holds 4; use 'ptable: gpt', or an extended and logical partitions");
            }
            if (partition.flag() == PartitionFlag.EXTENDED) {
                if (extended != null) {
                    problems.add(
                            partition.origin().location("flag"),
                            ActionType.describe(partition) + " is a second extended partition on '" + parent.id()
                                    + "'; the first is at " + extended.origin().location(),
                            "an msdos table holds one");
                } else {
                    extended = partition;
                }
            }
        }
    }

    private void checkLogical(
            StorageAction parent, Partition partition, @Nullable Partition extended, List<Partition> partitions) {
        Location place = partition.origin().location(partition.flag() == PartitionFlag.LOGICAL ? "flag" : "number");
        Partition later = partitions.stream()
                .filter(candidate -> candidate.flag() == PartitionFlag.EXTENDED)
                .findFirst()
                .orElse(null);
        if (later == null) {
            problems.add(
                    place,
                    ActionType.describe(partition) + " is logical, but '" + parent.id() + "' has no extended partition",
                    "add a partition with 'flag: extended' before it");
        } else if (extended == null) {
            problems.add(
                    place,
                    ActionType.describe(partition) + " is logical, but the extended " + ActionType.describe(later)
                            + " comes only later, at " + later.origin().location(),
                    "move the extended partition before it");
        }
        Integer given = partition.number();
        Integer number = numbers.get(partition.id());
        if (given != null && number != null && !given.equals(number)) {
            problems.add(
                    partition.origin().location("number"),
                    ActionType.describe(partition) + " can't have number " + given + ": logical partitions are counted"
                            + " from 5, so it gets " + number,
                    "write 'number: " + number + "' or leave it out");
        }
    }

    private void refuseGptKeys(Partition partition) {
        if (partition.flag() == PartitionFlag.BIOS_GRUB) {
            problems.add(
                    partition.origin().location("flag"),
                    ActionType.describe(partition) + " has flag bios_grub, but '" + partition.device()
                            + "' has an msdos table",
                    "remove the partition, or use 'ptable: gpt'");
        }
        refuseGptKey(partition, "partition_name", partition.partitionName() != null);
        refuseGptKey(partition, "attrs", !partition.attributes().isEmpty());
        if (partition.partitionType() != null && !partition.partitionType().startsWith("0x")) {
            problems.add(
                    partition.origin().location("partition_type"),
                    ActionType.describe(partition) + ": an msdos table needs a number such as 0x83 as"
                            + " 'partition_type', not a GUID");
        }
    }

    private void refuseGptKey(Partition partition, String key, boolean present) {
        if (present) {
            problems.add(
                    partition.origin().location(key),
                    ActionType.describe(partition) + ": '" + key + "' needs a gpt table, but '" + partition.device()
                            + "' has msdos",
                    "remove the key, or use 'ptable: gpt'");
        }
    }
}
