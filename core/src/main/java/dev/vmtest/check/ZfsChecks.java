package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.MountPoint;
import dev.vmtest.facts.ZfsDataset;
import dev.vmtest.facts.ZfsMember;
import dev.vmtest.facts.ZfsPool;
import dev.vmtest.storage.Origin;
import dev.vmtest.storage.Sizes;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.Zfs;
import dev.vmtest.storage.ZfsLayout;
import dev.vmtest.storage.Zpool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Check ZFS: each pool with its devices, each file system, what either was told, and where it is mounted. */
final class ZfsChecks {

    private static final String MOUNT_POINT = "mountpoint";

    private final Devices devices;
    private final StorageConfig config;

    ZfsChecks(Devices devices) {
        this.devices = devices;
        this.config = devices.config();
    }

    List<Check> of(Zpool pool) {
        String name = "zpool " + pool.id();
        Origin origin = pool.origin();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(name + ": online", origin.location("pool"), facts -> online(facts, pool)));
        checks.add(Check.of(name + ": devices", origin.location("vdevs"), facts -> members(facts, pool)));
        checks.add(Check.of(name + ": in the cache", origin.location(), facts -> cached(facts, pool)));
        ZfsLayout.poolProperties(pool)
                .forEach((property, value) -> checks.add(Check.of(
                        name + ": " + property,
                        place(origin, "pool_properties", property),
                        facts -> property(property, value, pool(facts, pool).properties()))));
        if (!pool.defaultFeatures()) {
            checks.add(Check.of(
                    name + ": no other features", origin.location("default_features"), facts -> features(facts, pool)));
        }
        if (pool.encryptionStyle() != null) {
            checks.add(Check.of(
                    name + ": encrypted",
                    origin.location("encryption_style"),
                    facts -> encrypted(dataset(facts, pool.pool()))));
        }
        Map<String, String> properties = ZfsLayout.fileSystemProperties(pool);
        addProperties(name, origin, "fs_properties", pool.pool(), properties, checks);
        checks.add(Check.of(
                name + ": mounted", origin.location(MOUNT_POINT), facts -> mounted(facts, pool.pool(), properties)));
        // A pool that stands for a file system with a label.
        if (origin.source().get("label") != null) {
            checks.add(Check.notJudged(name + ": label", origin.location("label"), "a pool has a name and no label"));
        }
        return checks;
    }

    List<Check> of(Zfs zfs) {
        Optional<Zpool> pool = config.find(zfs.pool(), Zpool.class);
        if (pool.isEmpty()) {
            return List.of();
        }
        String name = "zfs " + zfs.id();
        String dataset = ZfsLayout.dataset(pool.get(), zfs);
        Map<String, String> properties = ZfsLayout.properties(zfs);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(name + ": present", zfs.origin().location("volume"), facts -> present(facts, dataset)));
        addProperties(name, zfs.origin(), "properties", dataset, properties, checks);
        checks.add(Check.of(name + ": mounted", zfs.origin().location(), facts -> mounted(facts, dataset, properties)));
        return checks;
    }

    private static void addProperties(
            String name,
            Origin origin,
            String key,
            String dataset,
            Map<String, String> properties,
            List<Check> checks) {
        properties.forEach((property, value) -> checks.add(Check.of(
                name + ": " + property,
                place(origin, key, property),
                facts -> property(property, value, dataset(facts, dataset).properties()))));
    }

    /** A property stands where it is written; what the installer adds of itself stands with the action. */
    private static Location place(Origin origin, String key, String property) {
        if (origin.source().get(key) instanceof MapValue written && written.get(property) != null) {
            return written.locationOf(property);
        }
        return origin.location(property);
    }

    private static ZfsPool pool(Facts facts, Zpool pool) {
        List<ZfsPool> pools = facts.stacks().pools();
        return pools.stream()
                .filter(other -> other.name().equals(pool.pool()))
                .findFirst()
                .orElseThrow(() -> new AbsentException("no pool is called " + pool.pool() + ", only "
                        + pools.stream().map(ZfsPool::name).toList()));
    }

    private static ZfsDataset dataset(Facts facts, String name) {
        List<ZfsDataset> datasets = facts.stacks().datasets();
        return datasets.stream()
                .filter(other -> other.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbsentException("no file system of ZFS is called " + name + ", only "
                        + datasets.stream().map(ZfsDataset::name).toList()));
    }

    private static Outcome online(Facts facts, Zpool pool) {
        return Outcome.equal(
                "the health of " + pool.pool(), "ONLINE", pool(facts, pool).health());
    }

    private static Outcome present(Facts facts, String dataset) {
        return Outcome.passed(dataset(facts, dataset).name() + " is there");
    }

    private static Outcome cached(Facts facts, Zpool pool) {
        return pool(facts, pool).cached()
                ? Outcome.passed("/etc/zfs/zpool.cache has " + pool.pool())
                : Outcome.failed("/etc/zfs/zpool.cache should have " + pool.pool() + " but has not");
    }

    private Outcome members(Facts facts, Zpool pool) {
        ZfsPool actual = pool(facts, pool);
        TreeSet<String> expected = new TreeSet<>();
        pool.devices().forEach(id -> expected.add(devices.find(facts, id).kernelName()));
        TreeSet<String> found = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (ZfsMember member : actual.members()) {
            found.add(wholeDisk(
                    facts, expected, FstabSpec.kernelName(facts, member.path()).orElse(member.path())));
            if (!member.state().equals("ONLINE")) {
                wrong.add(member.path() + " is " + member.state());
            }
        }
        if (!wrong.isEmpty()) {
            return Outcome.failed("every device of " + pool.pool() + " should be ONLINE but " + wrong);
        }
        return actual.groups().isEmpty()
                ? Outcome.equal("the set of devices", expected, found)
                : Outcome.failed(
                        pool.pool() + " should stand on its devices alone but has the groups " + actual.groups());
    }

    /** Of a whole disk, ZFS takes a partition that it makes. */
    private static String wholeDisk(Facts facts, Set<String> disks, String member) {
        return facts.devices().stream()
                .filter(device -> device.kernelName().equals(member))
                .map(BlockDevice::parents)
                .flatMap(List::stream)
                .filter(parent -> !disks.contains(member) && disks.contains(parent))
                .findFirst()
                .orElse(member);
    }

    private static Outcome features(Facts facts, Zpool pool) {
        Map<String, String> asked = ZfsLayout.poolProperties(pool);
        TreeSet<String> others = new TreeSet<>();
        pool(facts, pool).properties().forEach((name, value) -> {
            if (name.startsWith("feature@") && !value.equals("disabled") && !asked.containsKey(name)) {
                others.add(name + "=" + value);
            }
        });
        if (!others.isEmpty() && asked.keySet().stream().anyMatch(name -> name.startsWith("feature@"))) {
            return Outcome.notJudged("the features that are asked for may need " + others);
        }
        return others.isEmpty()
                ? Outcome.passed(pool.pool() + " has no feature of itself")
                : Outcome.failed(pool.pool() + " should have no feature of itself but has " + others);
    }

    private static Outcome encrypted(ZfsDataset dataset) {
        String word = dataset.properties().getOrDefault("encryption", "off");
        return word.equals("off")
                ? Outcome.failed(dataset.name() + " should be encrypted but is not")
                : Outcome.passed(dataset.name() + " is encrypted with " + word);
    }

    /** Compare a property with what was asked: numbers as numbers, and a feature that is used is enabled, too. */
    private static Outcome property(String name, String expected, Map<String, String> properties) {
        String actual = properties.get(name);
        if (actual == null) {
            return Outcome.failed("the property " + name + " should be " + expected + " but is not set");
        }
        boolean isUsed = name.startsWith("feature@") && expected.equals("enabled") && actual.equals("active");
        boolean isChosen =
                expected.equals("on") && name.matches("encryption|compression|checksum|dedup") && !actual.equals("off");
        boolean same = actual.equals(expected)
                || isUsed
                || isChosen
                || actual.equals(bytes(expected))
                || (expected.equals("none") && actual.equals("0"));
        return same
                ? Outcome.passed("the property " + name + " is " + actual)
                : Outcome.failed("the property " + name + " should be " + expected + " but is " + actual);
    }

    /** Return a size in bytes as {@code -p} prints it, or the text itself where it is none. */
    private static String bytes(String text) {
        return Sizes.parse(text.toUpperCase(Locale.ROOT)).map(String::valueOf).orElse(text);
    }

    /** What its properties say of where a file system is mounted must be so; without any, it must be where ZFS says. */
    private static Outcome mounted(Facts facts, String dataset, Map<String, String> properties) {
        Map<String, String> actual = dataset(facts, dataset).properties();
        boolean isMounted = actual.getOrDefault("mounted", "no").equals("yes");
        String place = properties.getOrDefault(MOUNT_POINT, actual.getOrDefault(MOUNT_POINT, "none"));
        String word = properties.getOrDefault("canmount", "on");
        if (word.equals("off") || !place.startsWith("/")) {
            return isMounted
                    ? Outcome.failed(dataset + " should not be mounted but is at " + actual.get(MOUNT_POINT))
                    : Outcome.passed(dataset + " is not mounted");
        }
        if (word.equals("noauto") && !place.equals("/")) {
            return Outcome.passed("nothing mounts " + dataset + " by itself");
        }
        MountPoint mount = facts.mount(place).orElse(null);
        if (mount == null) {
            return Outcome.failed(dataset + " should be mounted at " + place + " but nothing is");
        }
        return mount.fileSystem().equals("zfs") && mount.source().equals(dataset)
                ? Outcome.passed(dataset + " is mounted at " + place)
                : Outcome.failed(dataset + " should be mounted at " + place + " but " + mount.source() + ", which is "
                        + mount.fileSystem() + ", is");
    }
}
