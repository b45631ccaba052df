package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code partition} action: a slot in the partition table of a device. */
public record Partition(
        Origin origin,
        String device,
        long size,
        @Nullable Integer number,
        @Nullable Long offset,
        boolean resize,
        @Nullable String partitionType,
        @Nullable String partitionName,
        List<String> attributes,
        @Nullable String uuid,
        @Nullable PartitionFlag flag,
        @Nullable Wipe wipe,
        boolean preserve,
        @Nullable String name,
        boolean grubDevice)
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.PARTITION;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "device", device);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.partition(this);
    }
}
