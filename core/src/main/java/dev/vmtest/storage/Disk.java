package dev.vmtest.storage;

import org.jspecify.annotations.Nullable;

/** Describe a {@code disk} action: a whole disk, found by serial, wwn or path. */
public record Disk(
        Origin origin,
        @Nullable String serial,
        @Nullable String wwn,
        @Nullable String path,
        @Nullable PartitionTable partitionTable,
        @Nullable Wipe wipe,
        boolean preserve,
        @Nullable String name,
        boolean grubDevice,
        @Nullable String multipath,
        @Nullable String nvmeController,
        @Nullable String deviceId)
        implements StorageAction {}
