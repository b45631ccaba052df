package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code dm_crypt} action: an encrypted mapping of a volume. */
public record DmCrypt(
        Origin origin,
        String volume,
        String mappingName,
        @Nullable String key,
        @Nullable String keyFile,
        List<String> options,
        boolean preserve,
        @Nullable Wipe wipe)
        implements StorageAction {}
