package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe an {@code nvme_controller} action: how a controller is reached. */
public record NvmeController(
        Origin origin,
        String transport,
        @Nullable String tcpAddress,
        @Nullable Integer tcpPort) implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.NVME_CONTROLLER;
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.nvmeController(this);
    }
}
