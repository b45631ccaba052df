package dev.vmtest.storage;

import org.jspecify.annotations.Nullable;

/** Describe a {@code dasd} action: an s390x ECKD device. */
public record Dasd(
        Origin origin,
        String deviceId,
        int blockSize,
        @Nullable String mode,
        @Nullable String label,
        @Nullable String diskLayout)
        implements StorageAction {}
