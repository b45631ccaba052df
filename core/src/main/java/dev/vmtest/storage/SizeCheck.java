package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import java.util.Map;

/** Hold the parts of a layout against the sizes of the disks. */
final class SizeCheck {
    private final StorageConfig config;
    private final Map<String, Long> disks;
    private final Problems problems;

    SizeCheck(StorageConfig config, Map<String, Long> disks, Problems problems) {
        this.config = config;
        this.disks = disks;
        this.problems = problems;
    }

    void check() {
        StorageSizes sizes = new StorageSizes(config);
        for (Disk disk : config.all(Disk.class)) {
            Long size = disks.get(disk.id());
            long needed = sizes.extent(config.all(Partition.class).stream()
                    .filter(partition -> partition.device().equals(disk.id()))
                    .toList());
            if (size != null && needed > size) {
                problems.add(disk.origin().location(), ActionType.describe(disk) + " is too small");
            }
        }
    }
}
