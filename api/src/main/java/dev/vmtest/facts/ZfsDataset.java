package dev.vmtest.facts;

import java.util.Map;

/**
 * Describe one file system of ZFS.
 *
 * @param name with that of its pool, such as {@code rpool/ROOT}
 * @param properties what {@code zfs get} says of it, numbers in full
 */
public record ZfsDataset(String name, Map<String, String> properties) {

    public ZfsDataset {
        properties = Map.copyOf(properties);
    }
}
