package dev.vmtest.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Return the kind of action, as {@code type} names it. */
    ActionType type();

    /** Return what the action says of others, in the order of its keys. */
    List<Reference> references();

    /** Return the partition table that the action asks for on its device, or null. */
    default @Nullable PartitionTable partitionTable() {
        return null;
    }

    /** Return the name that the action gives to what it makes, or null. */
    default @Nullable String name() {
        return null;
    }

    /** Say whether the device of the action keeps the partition table that it has. */
    default boolean keepsTable() {
        return false;
    }

    /** Return what the action's own case answers. */
    <R> R match(Cases<R> cases);

    /**
     * Answer a question for each kind of action. A further kind is a further method, so that no place that must know it
     * compiles without.
     *
     * @param <R> the answer
     */
    interface Cases<R> {
        R bcache(Bcache bcache);

        R dasd(Dasd dasd);

        R device(Device device);

        R disk(Disk disk);

        R dmCrypt(DmCrypt crypt);

        R format(Format format);

        R logicalVolume(LogicalVolume volume);

        R mount(Mount mount);

        R nvmeController(NvmeController controller);

        R partition(Partition partition);

        R raid(Raid raid);

        R volumeGroup(VolumeGroup group);

        R zfs(Zfs zfs);

        R zpool(Zpool pool);
    }
}
