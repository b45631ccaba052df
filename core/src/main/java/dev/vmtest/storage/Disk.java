package dev.vmtest.storage;

import java.util.List;
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
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.DISK;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "nvme_controller", nvmeController);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.disk(this);
    }

    @Override
    public boolean keepsTable() {
        return partitionTable == null || (preserve && wipe == null);
    }
}
