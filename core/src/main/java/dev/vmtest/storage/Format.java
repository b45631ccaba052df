package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code format} action: a file system or swap area on a volume. */
public record Format(
        Origin origin,
        String volume,
        String fileSystem,
        @Nullable String label,
        @Nullable String uuid,
        List<String> extraOptions,
        boolean preserve)
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.FORMAT;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "volume", volume);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.format(this);
    }
}
