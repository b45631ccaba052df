package dev.vmtest.storage;

import org.jspecify.annotations.Nullable;

/** Describe an {@code nvme_controller} action: how a controller is reached. */
public record NvmeController(
        Origin origin,
        String transport,
        @Nullable String tcpAddress,
        @Nullable Integer tcpPort) implements StorageAction {}
