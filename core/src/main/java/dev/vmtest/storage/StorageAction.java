package dev.vmtest.storage;

/**
 * Be one entry of curtin's {@code storage.config} list.
 *
 * <p>References to other actions are kept as ids; {@link StorageConfig#find} resolves them. A
 * component that is null was absent from the YAML; sizes and offsets are bytes.
 */
public sealed interface StorageAction
        permits Bcache,
                Dasd,
                Device,
                Disk,
                DmCrypt,
                Format,
                LogicalVolume,
                Mount,
                NvmeController,
                Partition,
                Raid,
                VolumeGroup,
                Zfs,
                Zpool {

    /** Return where this action stands in the YAML. */
    Origin origin();

    /** Return the action's unique id. */
    default String id() {
        return origin().id();
    }
}
