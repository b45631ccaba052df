package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code mount} action: an fstab entry, of a formatted volume or of a spec. */
public record Mount(
        Origin origin,
        @Nullable String path,
        @Nullable String device,
        @Nullable String spec,
        @Nullable String fileSystem,
        @Nullable String options,
        int frequency,
        @Nullable Integer passNumber)
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.MOUNT;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "device", device);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.mount(this);
    }
}
