package dev.vmtest.storage;

import java.util.List;
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
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.BCACHE;
    }

    @Override
    public List<Reference> references() {
        return Reference.join(List.of(
                Reference.one(this, "backing_device", backingDevice),
                Reference.one(this, "cache_device", cacheDevice)));
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.bcache(this);
    }

    @Override
    public boolean keepsTable() {
        return preserve;
    }
}
