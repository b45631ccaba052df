package dev.vmtest.storage;

import org.jspecify.annotations.Nullable;

/** Describe a {@code bcache} action: a backing device, a cache device, or both. */
public record Bcache(
        Origin origin,
        @Nullable String name,
        @Nullable String backingDevice,
        @Nullable String cacheDevice,
        @Nullable CacheMode cacheMode,
        @Nullable PartitionTable partitionTable,
        boolean preserve,
        @Nullable Wipe wipe)
        implements StorageAction {}
