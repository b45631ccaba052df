package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuse pools and file systems of ZFS that cannot be made, or stand in each other's way. */
final class ZfsRules {

    /** What the name of a pool and of each part of a file system is made of (zpool(8), zfs(8)). */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.:-]+");

    private static final Pattern POOL = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]*");

    /** The kinds of devices by which {@code zpool} groups others, and a beginning that is kept for disks. */
    private static final Pattern RESERVED = Pattern.compile("(mirror|raidz|draid|spare).*|log|c[0-9].*");

    /** Values of properties that only a pool with features can have: zfs says "pool must be upgraded" (zfsprops(7)). */
    private static final Map<String, Pattern> OF_FEATURES = Map.of(
            "compression", Pattern.compile("lz4|zstd.*"),
            "checksum", Pattern.compile("sha512|skein|edonr"),
            "dnodesize", Pattern.compile("(?!legacy).*"),
            "encryption", Pattern.compile("(?!off).*"));

    private final StorageConfig config;
    private final Problems problems;

    private ZfsRules(StorageConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    static void check(StorageConfig config, Problems problems) {
        ZfsRules rules = new ZfsRules(config, problems);
        config.all(Zpool.class).forEach(rules::checkPool);
        rules.checkFileSystems();
        rules.checkZfsRoot();
    }

    private void checkPool(Zpool pool) {
        String name = pool.pool();
        if (!name.isEmpty()
                && (!POOL.matcher(name).matches() || RESERVED.matcher(name).matches())) {
            problems.add(
                    pool.origin().location("pool"),
                    ActionType.describe(pool) + ": no pool can be called '" + name + "'",
                    "begin with a letter; letters, digits and _ . : - may follow; mirror…, raidz…, draid…, spare…, log"
                            + " and c0… to c9… mean something else to zpool");
        }
        if (pool.mountPoint() != null && pool.fileSystemProperties().containsKey("mountpoint")) {
            problems.add(
                    pool.origin().location("fs_properties"),
                    ActionType.describe(pool) + " says twice where it is mounted: 'mountpoint' stands in"
                            + " 'fs_properties', too",
                    "remove one of them");
        }
        checkFeatures(pool, pool, "fs_properties", ZfsLayout.fileSystemProperties(pool));
        if (!pool.defaultFeatures() && ZfsLayout.poolProperties(pool).containsKey("version")) {
            problems.add(
                    pool.origin().location("default_features"),
                    ActionType.describe(pool) + ": a pool of version "
                            + ZfsLayout.poolProperties(pool).get("version") + " has no features to leave out",
                    "write 'pool_properties: {version: null}' for a pool with features, or remove 'default_features'");
        }
    }

    /** A pool has a version or features; with the former, which is curtin's choice, some values cannot be had. */
    private void checkFeatures(Zpool pool, StorageAction action, String key, Map<String, String> properties) {
        String version = ZfsLayout.poolProperties(pool).get("version");
        if (version == null) {
            return;
        }
        OF_FEATURES.keySet().stream().sorted().forEach(name -> {
            String value = properties.get(name);
            if (value != null
                    && Objects.requireNonNull(OF_FEATURES.get(name))
                            .matcher(value)
                            .matches()) {
                problems.add(
                        action.origin().location(key),
                        ActionType.describe(action) + ": '" + name + ": " + value + "' needs a pool with features, and "
                                + (action == pool ? "this one" : "'" + pool.id() + "'") + " is of version " + version,
                        "write 'pool_properties: {version: null}' for the pool, or another value");
            }
        });
    }

    private void checkFileSystems() {
        Set<String> made = new HashSet<>();
        Map<String, StorageAction> places = new HashMap<>();
        config.all(Mount.class).stream()
                .filter(mount -> mount.path() != null && mount.path().startsWith("/"))
                .forEach(mount -> places.putIfAbsent(String.valueOf(mount.path()), mount));
        for (StorageAction action : config.actions()) {
            if (action instanceof Zpool pool) {
                made.add(pool.id());
                checkPlace(pool, ZfsLayout.fileSystemProperties(pool), "mountpoint", places);
            } else if (action instanceof Zfs zfs) {
                checkName(zfs, made);
                config.find(zfs.pool(), Zpool.class)
                        .ifPresent(pool -> checkFeatures(pool, zfs, "properties", ZfsLayout.properties(zfs)));
                checkPlace(zfs, ZfsLayout.properties(zfs), "properties", places);
            }
        }
    }

    private void checkName(Zfs zfs, Set<String> made) {
        List<String> parts = ZfsLayout.components(zfs.volume());
        boolean proper = !parts.isEmpty()
                && parts.stream()
                        .allMatch(part -> PART.matcher(part).matches() && !part.equals(".") && !part.equals(".."));
        if (!proper) {
            if (!zfs.volume().isEmpty()) {
                problems.add(
                        zfs.origin().location("volume"),
                        ActionType.describe(zfs) + ": no file system can be called '" + zfs.volume() + "'",
                        "write a path such as /ROOT/debian, of letters, digits and _ . : -");
            }
            return;
        }
        String parent = String.join("/", parts.subList(0, parts.size() - 1));
        String whole = zfs.pool() + "/" + String.join("/", parts);
        if (config.find(zfs.pool(), Zpool.class).isPresent()
                && !made.contains(parent.isEmpty() ? zfs.pool() : zfs.pool() + "/" + parent)) {
            problems.add(
                    zfs.origin().location("volume"),
                    ActionType.describe(zfs) + " lies in '/" + parent + "', which nothing has made before",
                    "add a zfs action with 'volume: /" + parent + "' before it");
        }
        if (!made.add(whole)) {
            problems.add(
                    zfs.origin().location("volume"),
                    ActionType.describe(zfs) + ": '" + zfs.volume() + "' is there already",
                    "give one of them another name");
        }
    }

    /** Two that are mounted at one place hide each other. */
    private void checkPlace(
            StorageAction action, Map<String, String> properties, String key, Map<String, StorageAction> places) {
        String place = properties.getOrDefault("mountpoint", "");
        if (!place.startsWith("/") || "off".equals(properties.get("canmount"))) {
            return;
        }
        StorageAction first = places.putIfAbsent(place, action);
        if (first != null) {
            problems.add(
                    action.origin().location(key),
                    ActionType.describe(action) + " is mounted on " + place + ", as is " + ActionType.describe(first)
                            + " at " + first.origin().location(),
                    "change one of the places");
        }
    }

    private void checkZfsRoot() {
        Set<String> mounted = new HashSet<>();
        config.all(Mount.class).stream()
                .filter(mount -> "/".equals(mount.path()) && mount.device() != null)
                .forEach(mount -> mounted.add(String.valueOf(mount.device())));
        List<Format> roots = new ArrayList<>();
        for (Format format : config.all(Format.class)) {
            if (!format.fileSystem().equals(ZfsLayout.ROOT_FORMAT)) {
                continue;
            }
            roots.add(format);
            if (roots.size() > 1) {
                problems.add(
                        format.origin().location("fstype"),
                        ActionType.describe(format) + " is a second zfsroot; the first is at "
                                + roots.get(0).origin().location(),
                        "keep one of them");
            }
            if (!mounted.contains(format.id())) {
                problems.add(
                        format.origin().location(),
                        ActionType.describe(format) + " is a zfsroot that is not mounted on /",
                        "add a mount with 'path: /'");
            }
            if (config.find(format.volume()).orElse(null) instanceof Partition partition
                    && StorageGraph.partitionTable(config, partition.device()) != PartitionTable.GPT) {
                problems.add(
                        format.origin().location("volume"),
                        ActionType.describe(format) + " is a zfsroot on '" + partition.device()
                                + "', which has no gpt table",
                        "use 'ptable: gpt'");
            }
        }
    }
}
