package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plan the partition table of a device: a new one, or one that exists and is kept. */
final class TablePlanner {

    /** The file systems that curtin gives another size (its documentation, storage, partition). */
    private static final Set<String> RESIZABLE = Set.of("ext2", "ext3", "ext4", "ntfs");

    private TablePlanner() {}

    static void plan(
            StorageConfig config, StorageAction device, PartitionTable table, boolean exists, PlannedSteps steps) {
        if (table == PartitionTable.VTOC || table == PartitionTable.UNSUPPORTED) {
            steps.refuse(device, "ptable", "the partition table '" + table.text() + "'");
            return;
        }
        List<PartitionEntry> entries =
                List.copyOf(PartitionLayout.of(config, device.id()).values());
        if (!exists) {
            steps.add(device, new StorageStep.WritePartitionTable(device.id(), table, entries));
            return;
        }
        steps.add(device, new PreserveStep.VerifyTable(device.id(), table == PartitionTable.MSDOS ? "dos" : "gpt"));
        if (config.version() == 2) {
            List<Integer> kept = new ArrayList<>();
            entries.forEach(entry -> kept.add(entry.number()));
            steps.add(device, new PreserveStep.RemoveOtherPartitions(device.id(), kept));
        }
        planResize(config, device, steps);
    }

    private static void planResize(StorageConfig config, StorageAction device, PlannedSteps steps) {
        Map<String, PartitionEntry> entries = PartitionLayout.of(config, device.id());
        List<PreserveStep.ResizePartitions.Resizing> resizings = new ArrayList<>();
        for (Partition partition : config.partitions(device.id())) {
            PartitionEntry entry = entries.get(partition.id());
            if (partition.resize() && entry != null) {
                resizings.add(new PreserveStep.ResizePartitions.Resizing(
                        entry.number(), partition.size(), partition.offset(), keepsContent(config, partition)));
                refuseUnresizable(config, partition, steps);
            }
        }
        if (!resizings.isEmpty()) {
            steps.add(device, new PreserveStep.ResizePartitions(device.id(), resizings));
        }
    }

    /** What is wiped or formatted anew needs no other size first. */
    private static boolean keepsContent(StorageConfig config, Partition partition) {
        return partition.wipe() == null
                && config.all(Format.class).stream()
                        .noneMatch(format -> format.volume().equals(partition.id()) && !format.preserve());
    }

    private static void refuseUnresizable(StorageConfig config, Partition partition, PlannedSteps steps) {
        if (new StorageGraph(config).disks(partition.id()).stream().anyMatch(disk -> disk.multipath() != null)) {
            steps.refuse(partition, "resize", "resizing a partition of a disk with several paths");
        }
        config.all(Format.class).stream()
                .filter(format -> format.volume().equals(partition.id()) && format.preserve())
                .filter(format -> !RESIZABLE.contains(format.fileSystem()))
                .forEach(format -> steps.refuse(
                        partition,
                        "resize",
                        "resizing " + format.fileSystem() + ", which format '" + format.id() + "' keeps,"));
    }

    /** Refuse a partition that is kept in a table that is not, and the other way round. */
    static void checkPreserve(StorageConfig config, Partition partition, PlannedSteps steps, Problems problems) {
        StorageAction device = config.find(partition.device()).orElse(null);
        if (device == null || device.type() == ActionType.PARTITION) {
            return;
        }
        boolean kept = device.keepsTable();
        if (partition.preserve() && !kept) {
            problems.add(
                    partition.origin().location("preserve"),
                    ActionType.describe(partition) + " can't be preserved: " + ActionType.describe(device)
                            + " gets a new partition table",
                    "add 'preserve: true' to it and remove its 'wipe'");
        } else if (!partition.preserve()
                && kept
                && !(device.type() == ActionType.DISK && device.partitionTable() == null)) {
            steps.refuse(partition, "id", "adding a partition to a table that is preserved");
        }
    }
}
