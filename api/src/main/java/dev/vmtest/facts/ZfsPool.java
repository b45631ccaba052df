package dev.vmtest.facts;

import java.util.List;
import java.util.Map;

/**
 * Describe one imported pool of ZFS.
 *
 * @param health ZFS's word, such as {@code ONLINE}
 * @param members the devices that it stands on, in ZFS's order
 * @param groups the kinds of redundancy among them, such as {@code mirror-0}, in ZFS's order; empty where there is none
 * @param properties what {@code zpool get} says of it, numbers in full
 * @param cached whether {@code /etc/zfs/zpool.cache}, from which it is imported at boot, has it
 */
public record ZfsPool(
        String name,
        String health,
        List<ZfsMember> members,
        List<String> groups,
        Map<String, String> properties,
        boolean cached) {

    public ZfsPool {
        members = List.copyOf(members);
        groups = List.copyOf(groups);
        properties = Map.copyOf(properties);
    }
}
