package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe a {@code raid} action: an MD array of devices, or a volume inside a container. */
public record Raid(
        Origin origin,
        String name,
        RaidLevel level,
        List<String> devices,
        List<String> spareDevices,
        @Nullable String container,
        @Nullable String arrayName,
        @Nullable String metadata,
        @Nullable PartitionTable partitionTable,
        boolean preserve,
        @Nullable Wipe wipe)
        implements StorageAction {
    @Override
    public ActionType type() {
        return ActionType.RAID;
    }

    @Override
    public List<Reference> references() {
        return Reference.join(List.of(
                Reference.each(this, "devices", devices),
                Reference.each(this, "spare_devices", spareDevices),
                Reference.one(this, "container", container)));
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.raid(this);
    }

    @Override
    public boolean keepsTable() {
        return preserve && wipe == null;
    }
}
