package dev.vmtest.machine;

/** Name what starts the machine. */
public enum Firmware {
    BIOS,
    UEFI
}
