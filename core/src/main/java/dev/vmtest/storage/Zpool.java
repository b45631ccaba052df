package dev.vmtest.storage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describe a ZFS pool over devices, the action of curtin for it. */
public record Zpool(
        Origin origin,
        String pool,
        List<String> devices,
        @Nullable String mountPoint,
        Map<String, String> poolProperties,
        Map<String, String> fileSystemProperties,
        boolean defaultFeatures,
        @Nullable String encryptionStyle,
        @Nullable String keyFile)
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.ZPOOL;
    }

    @Override
    public List<Reference> references() {
        return Reference.each(this, "vdevs", devices);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.zpool(this);
    }
}
