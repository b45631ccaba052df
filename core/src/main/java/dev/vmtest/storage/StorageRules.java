package dev.vmtest.storage;

import dev.vmtest.config.Problems;

/** Refuse layouts whose parts contradict each other. */
final class StorageRules {
    private StorageRules() {}

    static void check(StorageConfig config, Problems problems) {}
}
