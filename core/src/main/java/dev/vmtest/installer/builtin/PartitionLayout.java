package dev.vmtest.installer.builtin;

import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionNumbers;
import dev.vmtest.storage.PartitionPlaces;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Describe the table of a device: where its partitions lie, and what the table says of each. */
final class PartitionLayout {

    private final StorageConfig config;
    private final Map<String, Integer> numbers;
    private final boolean msdos;
    private final List<Partition> partitions;
    private final Map<String, PartitionEntry> entries = new LinkedHashMap<>();

    private PartitionLayout(StorageConfig config, String device) {
        this.config = config;
        this.msdos = StorageGraph.partitionTable(config, device) == PartitionTable.MSDOS;
        this.partitions = config.partitions(device);
        this.numbers = PartitionNumbers.of(config, partitions);
    }

    /** Return the table entries of a device by the id of their action, in file order. */
    static Map<String, PartitionEntry> of(StorageConfig config, String device) {
        PartitionLayout layout = new PartitionLayout(config, device);
        layout.place();
        return layout.entries;
    }

    private void place() {
        Map<String, PartitionPlaces.Place> places = PartitionPlaces.of(config, partitions);
        for (Partition partition : partitions) {
            PartitionPlaces.Place place = Objects.requireNonNull(places.get(partition.id()));
            entries.put(partition.id(), entry(partition, place.start(), place.size()));
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
}
