package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describe an {@code lvm_partition} action: a logical volume; no size means all that remains. */
public record LogicalVolume(
        Origin origin,
        String name,
        String volumeGroup,
        @Nullable Long size,
        boolean preserve,
        @Nullable Wipe wipe) implements StorageAction {

    /** Return the name of a volume's mapping: group and volume with their dashes doubled (lvm2, dm_build_dm_name). */
    public static String mapping(String group, String volume) {
        return group.replace("-", "--") + "-" + volume.replace("-", "--");
    }

    @Override
    public ActionType type() {
        return ActionType.LVM_PARTITION;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "volgroup", volumeGroup);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.logicalVolume(this);
    }
}
