package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.CacheMode;
import dev.vmtest.storage.DeviceNodes;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.RaidLevel;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.VolumeGroup;
import dev.vmtest.storage.Wipe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plan the devices that are made of other devices: arrays, volume groups, encrypted mappings, bcache. */
final class StackPlanner {

    private static final String NETWORK_OPTION = "_netdev";

    private final StorageConfig config;
    private final Problems problems;
    private final PlannedSteps steps;
    private final Set<String> caches = new HashSet<>();

    StackPlanner(StorageConfig config, PlannedSteps steps, Problems problems) {
        this.config = config;
        this.steps = steps;
        this.problems = problems;
    }

    void planRaid(Raid raid) {
        if (raid.level() == RaidLevel.CONTAINER || raid.container() != null) {
            steps.refuse(raid, raid.container() == null ? "raidlevel" : "container", "an array in a container");
            return;
        }
        String metadata = raid.metadata() == null ? "default" : raid.metadata();
        if (metadata.equals("ddf") || metadata.equals("imsm")) {
            steps.refuse(raid, "metadata", metadata + " metadata");
        }
        steps.add(
                raid,
                raid.preserve()
                        ? new PreserveStep.FindArray(
                                raid.id(),
                                DeviceNodes.of(raid),
                                raid.level().text(),
                                raid.devices(),
                                raid.spareDevices())
                        : new StackStep.MakeArray(
                                raid.id(),
                                DeviceNodes.of(raid),
                                raid.arrayName(),
                                raid.level().text(),
                                metadata,
                                raid.devices(),
                                raid.spareDevices()));
        if (raid.preserve() && raid.wipe() != null) {
            planWipe(raid, raid.id(), raid.wipe());
        } else if (!raid.preserve()) {
            planWipe(raid, raid.wipe());
        }
        planTable(raid, raid.partitionTable(), raid.preserve() && raid.wipe() == null);
        String name = raid.name().substring(raid.name().lastIndexOf('/') + 1);
        steps.add(raid, new StackStep.NameArray(raid.id(), StoragePlanner.sanitizedName(name)));
    }

    void planVolumeGroup(VolumeGroup group) {
        steps.add(
                group,
                group.preserve()
                        ? new PreserveStep.FindVolumeGroup(group.name(), group.devices())
                        : new StackStep.MakeVolumeGroup(group.name(), group.lvmId(), group.devices()));
    }

    void planLogicalVolume(LogicalVolume volume) {
        String group = config.find(volume.volumeGroup())
                .filter(VolumeGroup.class::isInstance)
                .map(action -> ((VolumeGroup) action).name())
                .orElse("");
        if (volume.preserve()) {
            steps.add(volume, new PreserveStep.FindLogicalVolume(volume.id(), group, volume.name(), volume.size()));
            planWipe(volume, volume.id(), volume.wipe());
        } else {
            steps.add(volume, new StackStep.MakeLogicalVolume(volume.id(), group, volume.name(), volume.size()));
            planWipe(volume, volume.wipe());
        }
        steps.add(
                volume,
                new StackStep.NameVolume(
                        volume.id(), StoragePlanner.sanitizedName(LogicalVolume.mapping(group, volume.name()))));
    }

    void planCrypt(DmCrypt crypt) {
        if (crypt.mappingName().contains("/") || crypt.mappingName().matches(".*\\s.*")) {
            problems.add(
                    crypt.origin().location("dm_name"),
                    ActionType.describe(crypt) + ": '" + crypt.mappingName() + "' can't name a mapping",
                    "use a name without blanks and slashes");
        }
        if (!crypt.preserve()) {
            planWipe(crypt, crypt.volume(), crypt.wipe());
        }
        String keyFile = crypt.keyFile();
        boolean random = crypt.hasRandomKey();
        String text = String.join(",", crypttabOptions(crypt));
        if (keyFile != null && random) {
            steps.add(crypt, new StackStep.MapRandom(crypt.id(), crypt.volume(), crypt.mappingName(), keyFile, text));
        } else if (crypt.preserve()) {
            steps.add(
                    crypt,
                    new PreserveStep.FindEncrypted(
                            crypt.id(), crypt.volume(), crypt.mappingName(), crypt.key(), keyFile, text));
        } else {
            steps.add(
                    crypt,
                    new StackStep.Encrypt(
                            crypt.id(),
                            crypt.volume(),
                            crypt.mappingName(),
                            crypt.key(),
                            keyFile,
                            text,
                            crypt.recoveryKeyFile(),
                            cryptsetupOptions(crypt)));
        }
    }

    /**
     * Return what crypttab says. Without {@code _netdev} what is on the network is waited for before there is a network,
     * and the boot with it (crypttab(5)).
     */
    private List<String> crypttabOptions(DmCrypt crypt) {
        List<String> options = new ArrayList<>(
                crypt.options().isEmpty() ? List.of(crypt.hasRandomKey() ? "swap" : "luks") : crypt.options());
        if (!options.contains(NETWORK_OPTION) && new StorageGraph(config).isOnNetwork(crypt.volume())) {
            options.add(NETWORK_OPTION);
        }
        return options;
    }

    private static List<String> cryptsetupOptions(DmCrypt crypt) {
        List<String> options = new ArrayList<>();
        if (crypt.cipher() != null) {
            options.add("--cipher=" + crypt.cipher());
        }
        if (crypt.keySize() != null) {
            options.add("--key-size=" + crypt.keySize());
        }
        return options;
    }

    void planBcache(Bcache bcache) {
        String cache = bcache.cacheDevice();
        if (!bcache.preserve() && cache != null && caches.add(cache)) {
            steps.add(bcache, new StackStep.MakeCache(cache));
        }
        String backing = bcache.backingDevice();
        if (backing == null) {
            return;
        }
        CacheMode mode = bcache.cacheMode();
        steps.add(
                bcache,
                bcache.preserve()
                        ? new PreserveStep.FindBcache(bcache.id(), backing, cache)
                        : new StackStep.MakeBcache(bcache.id(), backing, cache, mode == null ? null : mode.text()));
        if (!bcache.preserve()) {
            planWipe(bcache, bcache.wipe());
        } else if (bcache.wipe() != null) {
            steps.refuse(bcache, "wipe", "wiping a bcache device that is kept");
        }
        planTable(bcache, bcache.partitionTable(), bcache.preserve());
        if (bcache.name() != null) {
            steps.add(bcache, new StackStep.NameBcache(bcache.id(), StoragePlanner.sanitizedName(bcache.name())));
        }
    }

    private void planTable(StorageAction action, @Nullable PartitionTable table, boolean exists) {
        if (table != null) {
            TablePlanner.plan(config, action, table, exists, steps);
        }
    }

    /** Wipe a new device; its first and last MiB are clean already. */
    private void planWipe(StorageAction action, @Nullable Wipe wipe) {
        if (wipe != Wipe.SUPERBLOCK && wipe != Wipe.SUPERBLOCK_RECURSIVE && wipe != Wipe.PVREMOVE) {
            planWipe(action, action.id(), wipe);
        }
    }

    private void planWipe(StorageAction action, String device, @Nullable Wipe wipe) {
        if (wipe != null) {
            steps.add(action, new StorageStep.WipeDevice(device, wipe));
        }
    }
}
