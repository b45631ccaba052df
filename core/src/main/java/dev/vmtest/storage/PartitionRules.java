package dev.vmtest.storage;

import dev.vmtest.config.Problems;

/** Refuse partitions that their table can't hold. */
final class PartitionRules {
    private PartitionRules() {}

    static void check(StorageConfig config, Problems problems) {}
}
