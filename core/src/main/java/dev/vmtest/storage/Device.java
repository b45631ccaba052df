package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code device} action: a block device that something else made. */
public record Device(Origin origin, String path, @Nullable PartitionTable partitionTable) implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.DEVICE;
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.device(this);
    }
}
