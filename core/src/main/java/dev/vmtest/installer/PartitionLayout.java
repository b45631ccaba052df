package dev.vmtest.installer;

import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionNumbers;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.StorageSizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
final class PartitionLayout {

    static final long MIB = 1L << 20;

    private final StorageConfig config;
    private final Map<String, Integer> numbers;
    private final boolean msdos;
    private final List<Partition> partitions;
    private final Map<String, PartitionEntry> entries = new LinkedHashMap<>();

    private PartitionLayout(StorageConfig config, String device) {
        this.config = config;
        this.numbers = PartitionNumbers.of(config);
        this.msdos = StorageGraph.partitionTable(config, device) == PartitionTable.MSDOS;
        this.partitions = config.all(Partition.class).stream()
                .filter(partition -> partition.device().equals(device))
                .toList();
    }

    /** Return the table entries of a device by the id of their action, in file order. */
    static Map<String, PartitionEntry> of(StorageConfig config, String device) {
        PartitionLayout layout = new PartitionLayout(config, device);
        layout.place();
        return layout.entries;
    }

    private void place() {
        long next = MIB;
        @Nullable PartitionEntry extended = null;
        long nextLogical = 0;
        for (Partition partition : partitions) {
            boolean logical = msdos && PartitionNumbers.isLogical(config, partition);
            long size = StorageSizes.inTable(config, partition);
            long start;
            if (logical) {
                // Without an extended partition the storage rules have refused the configuration.
                long from = extended == null ? next : nextLogical;
                start = offset(partition, alignUp(from) + MIB);
                nextLogical = start + size;
                next = Math.max(next, nextLogical);
            } else {
                start = offset(partition, alignUp(next));
                next = start + size;
            }
            PartitionEntry entry = entry(partition, start, size);
            if (partition.flag() == PartitionFlag.EXTENDED) {
                extended = entry;
                nextLogical = start;
            }
            entries.put(partition.id(), entry);
        }
    }

    private PartitionEntry entry(Partition partition, long start, long size) {
        Integer number = numbers.get(partition.id());
        return new PartitionEntry(
                number == null ? 0 : number,
                start,
                size,
                type(partition),
                msdos ? null : partition.partitionName(),
                msdos ? null : partition.uuid(),
                msdos ? List.of() : new ArrayList<>(partition.attributes()),
                msdos && partition.flag() == PartitionFlag.BOOT);
    }

    private String type(Partition partition) {
        String given = partition.partitionType();
        if (given != null && config.version() != 1) {
            String digits = given.toLowerCase(Locale.ROOT).startsWith("0x") ? given.substring(2) : given;
            return digits.toUpperCase(Locale.ROOT);
        }
        return msdos ? PartitionTypes.msdos(partition.flag(), config.version()) : PartitionTypes.gpt(partition.flag());
    }

    private long offset(Partition partition, long computed) {
        Long given = partition.offset();
        return given == null || config.version() == 1 ? computed : given;
    }

    private static long alignUp(long bytes) {
        return (bytes + MIB - 1) / MIB * MIB;
    }
}
