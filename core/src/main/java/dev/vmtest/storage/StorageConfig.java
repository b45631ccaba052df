package dev.vmtest.storage;

import java.util.List;
import java.util.Optional;

/**
 * Hold the storage section of a configuration: its version and its actions in file order.
 *
 * @param version 1 or 2
 * @param actions every action, in file order; references point to earlier actions
 */
public record StorageConfig(int version, List<StorageAction> actions) {

    public StorageConfig {
        actions = List.copyOf(actions);
    }

    /** Return the action with an id. */
    public Optional<StorageAction> find(String id) {
        return actions.stream().filter(action -> action.id().equals(id)).findFirst();
    }

    /** Return the actions of one type, in file order. */
    public <T extends StorageAction> List<T> all(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
