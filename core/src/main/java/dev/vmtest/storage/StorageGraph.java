package dev.vmtest.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Say what each action stands on.
 *
 * <p>Built from a configuration, valid or not: references that lead nowhere are left out. Immutable.
 */
public final class StorageGraph {

    private final StorageConfig config;
    private final Map<String, StorageAction> byId = new LinkedHashMap<>();
    private final Map<String, List<StorageAction>> below = new LinkedHashMap<>();
    private final Map<String, List<StorageAction>> above = new LinkedHashMap<>();

    /** Build the graph of a configuration. */
    public StorageGraph(StorageConfig config) {
        this.config = config;
        config.actions().forEach(action -> byId.putIfAbsent(action.id(), action));
        byId.values().forEach(action -> {
            List<StorageAction> targets = new ArrayList<>();
            for (Reference reference : StorageReferences.of(config, action)) {
                StorageAction target = byId.get(reference.id());
                if (target != null && !targets.contains(target)) {
                    targets.add(target);
                    above.computeIfAbsent(target.id(), id -> new ArrayList<>()).add(action);
                }
            }
            below.put(action.id(), targets);
        });
    }

    /** Return the configuration that the graph was built from. */
    public StorageConfig config() {
        return config;
    }

    /** Return the actions that an action refers to. */
    public List<StorageAction> dependencies(String id) {
        return List.copyOf(below.getOrDefault(id, List.of()));
    }

    /** Return the actions that refer to an action. */
    public List<StorageAction> dependents(String id) {
        return List.copyOf(above.getOrDefault(id, List.of()));
    }

    /** Return everything that an action stands on, directly or not, nearest first. */
    public List<StorageAction> foundations(String id) {
        Map<String, StorageAction> found = new LinkedHashMap<>();
        List<StorageAction> open = new ArrayList<>(dependencies(id));
        for (int index = 0; index < open.size(); index++) {
            StorageAction action = open.get(index);
            if (found.putIfAbsent(action.id(), action) == null) {
                open.addAll(dependencies(action.id()));
            }
        }
        return List.copyOf(found.values());
    }

    /** Return whether an action stands on a disk that is there only once the network is. */
    public boolean isOnNetwork(String id) {
        return disks(id).stream().anyMatch(disk -> IscsiPath.isIscsi(disk.path()));
    }

    /** Return the disks of the machine that carry an action, itself included if it is one. */
    public List<Disk> disks(String id) {
        List<StorageAction> actions = new ArrayList<>(foundations(id));
        StorageAction self = byId.get(id);
        if (self != null) {
            actions.add(0, self);
        }
        return actions.stream()
                .filter(Disk.class::isInstance)
                .map(Disk.class::cast)
                .filter(disk -> DeviceNodes.maker(config, disk).isEmpty())
                .distinct()
                .toList();
    }

    /** Return the device that carries a partition table for a partition, or null if it isn't defined. */
    public static @Nullable PartitionTable partitionTable(StorageConfig config, String deviceId) {
        return config.find(deviceId).map(StorageAction::partitionTable).orElse(null);
    }

    /**
     * Return all actions such that each comes after what it stands on; otherwise in file order.
     *
     * @throws IllegalStateException if references form a circle
     */
    public List<StorageAction> topologicalOrder() {
        Map<String, StorageAction> done = new LinkedHashMap<>();
        for (StorageAction action : byId.values()) {
            visit(action, done, new LinkedHashSet<>());
        }
        return List.copyOf(done.values());
    }

    private void visit(StorageAction action, Map<String, StorageAction> done, Set<String> path) {
        if (done.containsKey(action.id())) {
            return;
        }
        if (!path.add(action.id())) {
            throw new IllegalStateException("storage actions refer to each other in a circle: "
                    + String.join(" -> ", path) + " -> " + action.id());
        }
        below.getOrDefault(action.id(), List.of()).forEach(target -> visit(target, done, path));
        path.remove(action.id());
        done.put(action.id(), action);
    }
}
