package dev.vmtest.settings;

/** Say whether the installed system is upgraded before it is used. */
public enum SystemUpgrade {
    /** Only where package repositories were added. */
    AUTO,
    YES,
    NO
}
