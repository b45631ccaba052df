package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hold what an installed system said about devices that stand on other devices. Reached through
 * {@link Facts#stacks}; the same rules hold: an accessor whose source was not collected or cannot be
 * read throws {@link NotCollectedException}.
 */
public final class StackFacts {

    private static final String ARRAYS = "facts/md";
    private static final String MAPPED = "facts/dm";
    private static final String PHYSICAL_VOLUMES = "facts/pvs.json";
    private static final String PHYSICAL_VOLUME = "ID_FS_TYPE=LVM2_member";
    private static final String VOLUME_GROUPS = "facts/vgs.json";
    private static final String LOGICAL_VOLUMES = "facts/lvs.json";
    private static final String LUKS = "facts/luks";
    private static final String MAPPINGS = "facts/dm-crypt";
    private static final String CRYPTTAB = "crypttab";
    private static final String BCACHE = "facts/bcache";
    private static final String SESSIONS = "facts/iscsi";
    private static final String SESSION_DISKS = "facts/iscsi-disks";
    private static final String NODES = "facts/iscsi-nodes";
    private static final String POOLS = "facts/zfs/pools";
    private static final String POOL_PROPERTIES = "facts/zfs/pool-properties";
    private static final String CACHED_POOLS = "facts/zfs/cached";
    private static final String DATASETS = "facts/zfs/datasets";

    private final Fact<List<MdArray>> arrays;
    private final Fact<List<MappedDevice>> mapped;
    private final Fact<List<LvmPhysicalVolume>> physicalVolumes;
    private final Fact<List<LvmVolumeGroup>> volumeGroups;
    private final Fact<List<LvmLogicalVolume>> logicalVolumes;
    private final Fact<List<LuksHeader>> headers;
    private final Fact<List<CryptMapping>> mappings;
    private final Fact<List<CrypttabEntry>> crypttab;
    private final Fact<List<BcacheDevice>> bcaches;
    private final Fact<List<BcacheSuperblock>> superblocks;
    private final Fact<List<IscsiSession>> sessions;
    private final Fact<List<IscsiDisk>> iscsiDisks;
    private final Fact<List<IscsiNode>> nodes;
    private final Fact<List<ZfsPool>> pools;
    private final Fact<List<ZfsDataset>> datasets;

    StackFacts(CollectDirectory directory) {
        arrays = each(directory, ARRAYS, ".export", device -> {
            String path = ARRAYS + "/" + device;
            return StackReader.array(path, device, directory.text(path + ".export"), directory.text(path + ".state"));
        });
        mapped = Fact.read(MAPPED, () -> StackReader.mapped(MAPPED, directory.text(MAPPED)));
        physicalVolumes = lvm(
                directory,
                PHYSICAL_VOLUMES,
                () -> StackReader.physicalVolumes(PHYSICAL_VOLUMES, directory.text(PHYSICAL_VOLUMES)));
        volumeGroups = lvm(
                directory, VOLUME_GROUPS, () -> StackReader.volumeGroups(VOLUME_GROUPS, directory.text(VOLUME_GROUPS)));
        logicalVolumes = lvm(
                directory,
                LOGICAL_VOLUMES,
                () -> StackReader.logicalVolumes(LOGICAL_VOLUMES, directory.text(LOGICAL_VOLUMES)));
        headers = each(directory, LUKS, "", device -> {
            String path = LUKS + "/" + device;
            return StackReader.luks(path, device, directory.text(path));
        });
        mappings = Fact.read(MAPPINGS, () -> StackReader.mappings(MAPPINGS, directory.text(MAPPINGS)));
        crypttab = Fact.read(CRYPTTAB, () -> StackReader.crypttab(CRYPTTAB, directory.text(CRYPTTAB)));
        bcaches = each(directory, BCACHE, ".state", device -> {
            String path = BCACHE + "/" + device + ".state";
            return StackReader.bcache(path, device, directory.text(path));
        });
        superblocks = each(directory, BCACHE, ".super", device -> {
            String path = BCACHE + "/" + device + ".super";
            return StackReader.superblock(path, device, directory.text(path));
        });
        sessions = each(directory, SESSIONS, "", id -> {
            String path = SESSIONS + "/" + id;
            return StackReader.session(path, id, directory.text(path));
        });
        iscsiDisks =
                Fact.read(SESSION_DISKS, () -> StackReader.iscsiDisks(SESSION_DISKS, directory.text(SESSION_DISKS)));
        nodes = Fact.read(NODES, () -> StackReader.nodes(NODES, directory.text(NODES)));
        pools = zfs(
                directory,
                POOLS,
                () -> ZfsReader.pools(
                        POOLS, directory.text(POOLS), directory.text(POOL_PROPERTIES), directory.text(CACHED_POOLS)));
        datasets = zfs(directory, DATASETS, () -> ZfsReader.datasets(DATASETS, directory.text(DATASETS)));
    }

    /** Read a fact of ZFS, whose tools are asked only where the kernel has it: elsewhere it has nothing. */
    private static <T> Fact<List<T>> zfs(CollectDirectory directory, String path, Supplier<List<T>> reader) {
        return Fact.read(path, () -> directory.text(POOLS).isEmpty() ? List.of() : reader.get());
    }

    /** Read a fact of LVM, whose tools are asked only where a device is a physical volume: elsewhere it has nothing. */
    private static <T> Fact<List<T>> lvm(CollectDirectory directory, String path, Supplier<List<T>> reader) {
        return Fact.read(
                path,
                () -> directory.has(path) || directory.text(Facts.PROBE).contains(PHYSICAL_VOLUME)
                        ? reader.get()
                        : List.of());
    }

    /** Read a fact from each file of a directory that has an ending. */
    private static <T> Fact<List<T>> each(
            CollectDirectory directory, String path, String ending, Function<String, T> reader) {
        return Fact.read(path, () -> {
            if (!directory.has(path)) {
                throw new NotCollectedException(path + " was not collected");
            }
            List<T> facts = new ArrayList<>();
            for (String file : directory.files(path)) {
                if (file.endsWith(ending)) {
                    facts.add(reader.apply(file.substring(0, file.length() - ending.length())));
                }
            }
            return List.copyOf(facts);
        });
    }

    /** Return the running MD arrays. */
    public List<MdArray> arrays() {
        return arrays.get();
    }

    /** Return the devices of the device mapper. */
    public List<MappedDevice> mapped() {
        return mapped.get();
    }

    /** Return what the device mapper knows about a device. */
    public Optional<MappedDevice> mapped(String kernelName) {
        return mapped().stream()
                .filter(device -> device.device().equals(kernelName))
                .findFirst();
    }

    /** Return LVM's physical volumes. */
    public List<LvmPhysicalVolume> physicalVolumes() {
        return physicalVolumes.get();
    }

    /** Return LVM's volume groups. */
    public List<LvmVolumeGroup> volumeGroups() {
        return volumeGroups.get();
    }

    /** Return LVM's logical volumes. */
    public List<LvmLogicalVolume> logicalVolumes() {
        return logicalVolumes.get();
    }

    /** Return the LUKS headers of all devices. */
    public List<LuksHeader> luksHeaders() {
        return headers.get();
    }

    /** Return the open encrypted mappings. */
    public List<CryptMapping> cryptMappings() {
        return mappings.get();
    }

    /** Return the entries of {@code /etc/crypttab}. */
    public List<CrypttabEntry> crypttab() {
        return crypttab.get();
    }

    /** Return the running bcache devices. */
    public List<BcacheDevice> bcaches() {
        return bcaches.get();
    }

    /** Return the bcache superblocks of all devices. */
    public List<BcacheSuperblock> bcacheSuperblocks() {
        return superblocks.get();
    }

    /** Return the iSCSI sessions. */
    public List<IscsiSession> iscsiSessions() {
        return sessions.get();
    }

    /** Return the disks that come over iSCSI. */
    public List<IscsiDisk> iscsiDisks() {
        return iscsiDisks.get();
    }

    /** Return the records by which the initiator logs in. */
    public List<IscsiNode> iscsiNodes() {
        return nodes.get();
    }

    /** Return the imported pools of ZFS. */
    public List<ZfsPool> pools() {
        return pools.get();
    }

    /** Return the file systems of ZFS, each pool's own among them. */
    public List<ZfsDataset> datasets() {
        return datasets.get();
    }
}
