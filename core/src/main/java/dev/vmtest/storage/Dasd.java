package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code dasd} action: an s390x ECKD device. */
public record Dasd(
        Origin origin,
        String deviceId,
        int blockSize,
        @Nullable String mode,
        @Nullable String label,
        @Nullable String diskLayout)
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.DASD;
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.dasd(this);
    }
}
