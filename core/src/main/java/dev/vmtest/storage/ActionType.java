package dev.vmtest.storage;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Name a kind of storage action, as {@code type} does. */
public enum ActionType {
    DISK("disk", Disk.class),
    PARTITION("partition", Partition.class),
    FORMAT("format", Format.class),
    MOUNT("mount", Mount.class),
    LVM_VOLGROUP("lvm_volgroup", VolumeGroup.class),
    LVM_PARTITION("lvm_partition", LogicalVolume.class),
    DM_CRYPT("dm_crypt", DmCrypt.class),
    RAID("raid", Raid.class),
    BCACHE("bcache", Bcache.class),
    ZPOOL("zpool", Zpool.class),
    ZFS("zfs", Zfs.class),
    DASD("dasd", Dasd.class),
    NVME_CONTROLLER("nvme_controller", NvmeController.class),
    DEVICE("device", Device.class);

    private final String text;
    private final Class<? extends StorageAction> record;

    ActionType(String text, Class<? extends StorageAction> record) {
        this.text = text;
        this.record = record;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }

    /** Return the type of an action. */
    public static ActionType of(StorageAction action) {
        return Arrays.stream(values())
                .filter(type -> type.record.isInstance(action))
                .findFirst()
                .orElseThrow();
    }

    /** Return how messages name an action: {@code partition 'sda1'}. */
    public static String describe(StorageAction action) {
        return of(action).text() + " '" + action.id() + "'";
    }

    static Map<String, ActionType> words() {
        Map<String, ActionType> words = new LinkedHashMap<>();
        for (ActionType type : values()) {
            words.put(type.text, type);
        }
        return words;
    }
}
