package dev.vmtest.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Say what the ZFS actions of a section make: names, properties with curtin's defaults, and which of them is the root. */
public final class ZfsLayout {

    /** The format that stands for a pool with a root in it. */
    static final String ROOT_FORMAT = "zfsroot";

    /** The pool that curtin makes for it. */
    private static final String ROOT_POOL = "rpool";

    private static final String ROOT_PATH = "/";
    private static final String MOUNT_POINT = "mountpoint";
    private static final String CAN_MOUNT = "canmount";

    /** What curtin asks of a pool unless told otherwise: features that every implementation reads, GRUB's among them. */
    private static final Map<String, String> POOL_DEFAULTS = Map.of("ashift", "12", "version", "28");

    /** What curtin asks of a pool's own file system unless told otherwise. */
    private static final Map<String, String> FILE_SYSTEM_DEFAULTS =
            Map.of("atime", "off", CAN_MOUNT, "off", "normalization", "formD");

    private ZfsLayout() {}

    /**
     * Say which file system is the root.
     *
     * @param dataset its name, with that of its pool
     * @param action what makes it
     */
    public record Root(String dataset, StorageAction action, Zpool pool) {}

    /**
     * Return a section with the pool and the file systems that curtin makes of the format {@code zfsroot}, in place of the
     * format and of the mount of it. They stand where the format stands.
     */
    public static StorageConfig expand(StorageConfig config) {
        List<Format> roots = config.all(Format.class).stream()
                .filter(format -> format.fileSystem().equals(ROOT_FORMAT))
                .toList();
        if (roots.isEmpty()) {
            return config;
        }
        List<StorageAction> actions = new ArrayList<>();
        for (StorageAction action : config.actions()) {
            if (action instanceof Format format && roots.contains(format)) {
                actions.addAll(rootOf(format));
            } else if (!(action instanceof Mount mount
                    && roots.stream().anyMatch(format -> format.id().equals(mount.device())))) {
                actions.add(action);
            }
        }
        return new StorageConfig(config.version(), actions);
    }

    private static List<StorageAction> rootOf(Format format) {
        Zpool pool = new Zpool(
                origin(format, "_zfsroot_pool"),
                ROOT_POOL,
                List.of(format.volume()),
                ROOT_PATH,
                Map.of(),
                Map.of(),
                true,
                null,
                null);
        return List.of(
                pool,
                new Zfs(origin(format, "_zfsroot_container"), pool.id(), "/ROOT", properties("off", "none")),
                new Zfs(origin(format, "_zfsroot_fs"), pool.id(), "/ROOT/zfsroot", properties("noauto", ROOT_PATH)));
    }

    /** In one order, so that the script of an install is the same each time. */
    private static Map<String, String> properties(String canMount, String mountPoint) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CAN_MOUNT, canMount);
        properties.put(MOUNT_POINT, mountPoint);
        return properties;
    }

    private static Origin origin(Format format, String suffix) {
        return new Origin(format.id() + suffix, format.origin().source());
    }

    /** Return the file system that is mounted on {@code /}, if a pool has it; of a section that was {@link #expand}ed. */
    public static Optional<Root> root(StorageConfig config) {
        for (Zfs zfs : config.all(Zfs.class)) {
            Optional<Zpool> pool = config.find(zfs.pool(), Zpool.class);
            if (pool.isPresent() && isRoot(properties(zfs))) {
                return Optional.of(new Root(dataset(pool.get(), zfs), zfs, pool.get()));
            }
        }
        return config.all(Zpool.class).stream()
                .filter(pool -> isRoot(fileSystemProperties(pool)))
                .findFirst()
                .map(pool -> new Root(pool.pool(), pool, pool));
    }

    private static boolean isRoot(Map<String, String> properties) {
        return ROOT_PATH.equals(properties.get(MOUNT_POINT)) && !"off".equals(properties.get(CAN_MOUNT));
    }

    /** Return the name of a file system with that of its pool, without superfluous slashes. */
    public static String dataset(Zpool pool, Zfs zfs) {
        return Stream.concat(Stream.of(pool.pool()), components(zfs.volume()).stream())
                .collect(Collectors.joining("/"));
    }

    /** Return the parts of a volume's name. */
    static List<String> components(String volume) {
        return Stream.of(volume.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    }

    /** Return what {@code zpool create -o} is told: what is written over curtin's defaults, of which an empty value takes one off. */
    public static Map<String, String> poolProperties(Zpool pool) {
        return over(POOL_DEFAULTS, pool.poolProperties());
    }

    /** Return what {@code zpool create -O} is told, the mount point among them. */
    public static Map<String, String> fileSystemProperties(Zpool pool) {
        Map<String, String> properties = over(FILE_SYSTEM_DEFAULTS, pool.fileSystemProperties());
        if (pool.mountPoint() != null) {
            properties.put(MOUNT_POINT, pool.mountPoint());
        }
        return properties;
    }

    /** Return what {@code zfs create -o} is told. */
    public static Map<String, String> properties(Zfs zfs) {
        return over(Map.of(), zfs.properties());
    }

    /** Say whether a pool has features that GRUB may not read: it knows the old versions, and what is made for it. */
    public static boolean isReadByGrub(Zpool pool) {
        Map<String, String> properties = poolProperties(pool);
        return properties.containsKey("version")
                || !pool.defaultFeatures()
                || properties.getOrDefault("compatibility", "").contains("grub2");
    }

    private static Map<String, String> over(Map<String, String> defaults, Map<String, String> written) {
        Map<String, String> all = new LinkedHashMap<>();
        defaults.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        written.forEach((name, value) -> all.put(name, word(value)));
        all.values().removeIf(String::isEmpty);
        return all;
    }

    /** YAML's words for true and false are all the same to curtin, which hands on two of them. */
    private static String word(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> "on";
            case "false", "no", "off" -> "off";
            default -> value;
        };
    }
}
