package dev.vmtest.settings;

import java.util.Locale;

/** Name a directory of a test that the keep rules may spare. */
public enum KeptData {
    BOOT,
    COLLECT,
    DISKS,
    INSTALL,
    LOGS;

    /** Return the directory's name, which is also the word of the setting. */
    public String directory() {
        return name().toLowerCase(Locale.ROOT);
    }

    static KeptData of(String word) {
        for (KeptData data : values()) {
            if (data.directory().equals(word)) {
                return data;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
