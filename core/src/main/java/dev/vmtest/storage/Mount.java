package dev.vmtest.storage;

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
        implements StorageAction {}
