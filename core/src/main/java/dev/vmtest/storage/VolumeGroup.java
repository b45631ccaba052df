package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe an {@code lvm_volgroup} action: an LVM volume group over devices.
 *
 * @param uuid 32 letters and digits with dashes anywhere, as LVM or as RFC 9562 groups them, or null
 */
public record VolumeGroup(
        Origin origin,
        String name,
        List<String> devices,
        boolean preserve,
        @Nullable String uuid) implements StorageAction {

    private static final int[] GROUPS = {6, 4, 4, 4, 4, 4, 6};

    /** Return the id as LVM writes it, in groups of 6, 4, 4, 4, 4, 4 and 6 characters, or null if none is asked for. */
    public @Nullable String lvmId() {
        if (uuid == null) {
            return null;
        }
        String plain = uuid.replace("-", "");
        StringBuilder id = new StringBuilder();
        int position = 0;
        for (int length : GROUPS) {
            id.append(position == 0 ? "" : "-").append(plain, position, position + length);
            position += length;
        }
        return id.toString();
    }

    @Override
    public ActionType type() {
        return ActionType.LVM_VOLGROUP;
    }

    @Override
    public List<Reference> references() {
        return Reference.each(this, "devices", devices);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.volumeGroup(this);
    }
}
