package dev.vmtest.storage;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Suggestion;
import java.util.List;
import java.util.Map;

/** Read properties of ZFS, and refuse those that it does not have: a pool would be half made when {@code zpool} says so. */
final class ZfsProperties {

    /** What {@code zpool create -o} takes, but for {@code feature@NAME} (zpoolprops(7), OpenZFS 2.1 and 2.3). */
    private static final List<String> OF_POOLS = List.of(
            "ashift",
            "autoexpand",
            "autoreplace",
            "autotrim",
            "cachefile",
            "comment",
            "compatibility",
            "delegation",
            "failmode",
            "listsnapshots",
            "multihost",
            "version");

    /** What {@code zfs create -o} takes of a file system (zfsprops(7), OpenZFS 2.1 and 2.3). */
    private static final List<String> OF_FILE_SYSTEMS = List.of(
            "aclinherit",
            "aclmode",
            "acltype",
            "atime",
            "canmount",
            "casesensitivity",
            "checksum",
            "compression",
            "context",
            "copies",
            "dedup",
            "defcontext",
            "devices",
            "dnodesize",
            "encryption",
            "exec",
            "filesystem_limit",
            "fscontext",
            "keyformat",
            "keylocation",
            "logbias",
            "mountpoint",
            "nbmand",
            "normalization",
            "overlay",
            "pbkdf2iters",
            "primarycache",
            "quota",
            "readonly",
            "recordsize",
            "redundant_metadata",
            "refquota",
            "refreservation",
            "relatime",
            "reservation",
            "rootcontext",
            "secondarycache",
            "setuid",
            "sharenfs",
            "sharesmb",
            "snapdev",
            "snapdir",
            "snapshot_limit",
            "special_small_blocks",
            "sync",
            "utf8only",
            "version",
            "volmode",
            "vscan",
            "xattr",
            "zoned");

    private ZfsProperties() {}

    static Map<String, String> ofPool(MapReader reader, String key) {
        return read(reader, key, "a pool", OF_POOLS, "feature@");
    }

    static Map<String, String> ofFileSystem(MapReader reader, String key) {
        // A property of the user's own has a colon in its name.
        return read(reader, key, "a file system of ZFS", OF_FILE_SYSTEMS, ":");
    }

    private static Map<String, String> read(
            MapReader reader, String key, String owner, List<String> known, String mark) {
        Map<String, String> properties = reader.textMap(key);
        if (reader.value(key) instanceof MapValue map) {
            MapReader nested = reader.within(map, reader.subject() + ": " + key);
            properties.keySet().stream()
                    .filter(name -> !known.contains(name) && !name.contains(mark))
                    .forEach(name -> nested.problem(
                            name, owner + " is made with no property '" + name + "'", Suggestion.oneOf(name, known)));
        }
        return properties;
    }
}
