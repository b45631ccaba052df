package dev.vmtest.installer.builtin;

import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.Zfs;
import dev.vmtest.storage.ZfsLayout;
import dev.vmtest.storage.Zpool;

/** Plan pools and file systems of ZFS. */
final class ZfsPlanner {

    private final StorageConfig config;
    private final PlannedSteps steps;

    ZfsPlanner(StorageConfig config, PlannedSteps steps) {
        this.config = config;
        this.steps = steps;
    }

    void planPool(Zpool pool) {
        if (pool.encryptionStyle() != null) {
            steps.refuse(
                    pool,
                    "encryption_style",
                    "a pool whose key lies in a keystore, which Debian's initramfs does not open (Ubuntu's does),");
            return;
        }
        steps.add(
                pool,
                new ZfsStep.MakePool(
                        pool.pool(),
                        pool.devices(),
                        pool.defaultFeatures(),
                        ZfsLayout.poolProperties(pool),
                        ZfsLayout.fileSystemProperties(pool)));
    }

    void planFileSystem(Zfs zfs) {
        config.find(zfs.pool(), Zpool.class)
                .ifPresent(pool -> steps.add(
                        zfs, new ZfsStep.MakeDataset(ZfsLayout.dataset(pool, zfs), ZfsLayout.properties(zfs))));
    }
}
