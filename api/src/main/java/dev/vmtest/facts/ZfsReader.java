package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Read what {@code zpool} and {@code zfs} said for programs: fields with tabs between them. */
final class ZfsReader {

    private static final Set<String> STATES =
            Set.of("ONLINE", "DEGRADED", "FAULTED", "OFFLINE", "UNAVAIL", "REMOVED", "SUSPENDED");

    private ZfsReader() {}

    /**
     * Read the pools.
     *
     * @param source where the list came from, for messages
     * @param list {@code zpool list -HvLP}: a line a pool, and after it one with a tab before it for each device and group
     * @param properties {@code zpool get -Hp all}
     * @param cached the names of those in the cache, one a line
     */
    static List<ZfsPool> pools(String source, String list, String properties, String cached) {
        Map<String, Map<String, String>> byPool = properties(source, properties);
        Set<String> known = Set.copyOf(cached.lines().distinct().toList());
        List<ZfsPool> pools = new ArrayList<>();
        String name = "";
        String health = "";
        List<ZfsMember> members = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (String line : list.lines().toList()) {
            String[] fields = line.strip().split("\t", -1);
            String state = List.of(fields).stream()
                    .filter(STATES::contains)
                    .findFirst()
                    .orElse("");
            if (!line.startsWith("\t")) {
                if (!name.isEmpty()) {
                    pools.add(pool(name, health, members, groups, byPool, known));
                }
                name = fields[0];
                health = state;
                members.clear();
                groups.clear();
            } else if (name.isEmpty()) {
                throw new NotCollectedException(source + " has a device before the first pool");
            } else if (fields[0].startsWith("/")) {
                members.add(new ZfsMember(fields[0], state));
            } else {
                groups.add(fields[0]);
            }
        }
        if (!name.isEmpty()) {
            pools.add(pool(name, health, members, groups, byPool, known));
        }
        return List.copyOf(pools);
    }

    private static ZfsPool pool(
            String name,
            String health,
            List<ZfsMember> members,
            List<String> groups,
            Map<String, Map<String, String>> properties,
            Set<String> cached) {
        return new ZfsPool(
                name, health, members, groups, properties.getOrDefault(name, Map.of()), cached.contains(name));
    }

    /** Read {@code zfs get -Hp -t filesystem all}. */
    static List<ZfsDataset> datasets(String source, String text) {
        return properties(source, text).entrySet().stream()
                .map(entry -> new ZfsDataset(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Read lines of name, property, value and source of the value. */
    private static Map<String, Map<String, String>> properties(String source, String text) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length < 4) {
                throw new NotCollectedException(source + " has a line that is no property");
            }
            all.computeIfAbsent(fields[0], name -> new LinkedHashMap<>()).put(fields[1], fields[2]);
        }
        return all;
    }
}
