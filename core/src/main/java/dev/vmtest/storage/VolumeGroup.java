package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe an {@code lvm_volgroup} action: an LVM volume group over devices. */
public record VolumeGroup(
        Origin origin,
        String name,
        List<String> devices,
        boolean preserve,
        @Nullable String uuid) implements StorageAction {}
