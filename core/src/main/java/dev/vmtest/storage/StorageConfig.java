package dev.vmtest.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hold the storage section of a configuration: its version and its actions in file order. Immutable. */
public final class StorageConfig {

    private final int version;
    private final List<StorageAction> actions;
    private final Map<String, StorageAction> byId = new HashMap<>();
    private final Map<String, List<Partition>> partitions = new HashMap<>();

    /**
     * Hold a section.
     *
     * @param version 1 or 2
     * @param actions every action, in file order; references point to earlier actions
     */
    public StorageConfig(int version, List<StorageAction> actions) {
        this.version = version;
        this.actions = List.copyOf(actions);
        for (StorageAction action : this.actions) {
            byId.putIfAbsent(action.id(), action);
            if (action instanceof Partition partition) {
                partitions
                        .computeIfAbsent(partition.device(), id -> new ArrayList<>())
                        .add(partition);
            }
        }
    }

    /** Return 1 or 2. */
    public int version() {
        return version;
    }

    /** Return every action, in file order. */
    public List<StorageAction> actions() {
        return actions;
    }

    /** Return the action with an id. */
    public Optional<StorageAction> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Return the action with an id, if it is of a kind. */
    public <T extends StorageAction> Optional<T> find(String id, Class<T> type) {
        return find(id).filter(type::isInstance).map(type::cast);
    }

    /** Return the partitions of a device, in file order. */
    public List<Partition> partitions(String device) {
        return List.copyOf(partitions.getOrDefault(device, List.of()));
    }

    /** Return the actions of one type, in file order. */
    public <T extends StorageAction> List<T> all(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Say whether there is a ZFS pool: one that is written, or the one that the file system {@code zfsroot} stands for. */
    public boolean hasPool() {
        return actions.stream()
                .anyMatch(action -> action instanceof Zpool
                        || (action instanceof Format format
                                && format.fileSystem().equals(ZfsLayout.ROOT_FORMAT)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageConfig config && version == config.version && actions.equals(config.actions);
    }

    @Override
    public int hashCode() {
        return 31 * version + actions.hashCode();
    }

    @Override
    public String toString() {
        return "StorageConfig[version=" + version + ", actions=" + actions + "]";
    }
}
