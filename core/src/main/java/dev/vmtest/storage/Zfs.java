package dev.vmtest.storage;

import java.util.List;
import java.util.Map;

/** Describe a {@code zfs} action: a dataset in a pool. */
public record Zfs(Origin origin, String pool, String volume, Map<String, String> properties) implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.ZFS;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "pool", pool);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.zfs(this);
    }
}
