package dev.vmtest.storage;

import java.util.LinkedHashMap;
import java.util.Map;

/** Name a kind of storage action, as {@code type} does. */
public enum ActionType {
    DISK("disk"),
    PARTITION("partition"),
    FORMAT("format"),
    MOUNT("mount"),
    LVM_VOLGROUP("lvm_volgroup"),
    LVM_PARTITION("lvm_partition"),
    DM_CRYPT("dm_crypt"),
    RAID("raid"),
    BCACHE("bcache"),
    ZPOOL("zpool"),
    ZFS("zfs"),
    DASD("dasd"),
    NVME_CONTROLLER("nvme_controller"),
    DEVICE("device");

    private final String text;

    ActionType(String text) {
        this.text = text;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }

    /** Return how messages name an action: {@code partition 'sda1'}. */
    public static String describe(StorageAction action) {
        return action.type().text() + " '" + action.id() + "'";
    }

    static Map<String, ActionType> words() {
        Map<String, ActionType> words = new LinkedHashMap<>();
        for (ActionType type : values()) {
            words.put(type.text, type);
        }
        return words;
    }
}
