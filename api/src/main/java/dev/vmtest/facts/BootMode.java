package dev.vmtest.facts;

/** Say what started the installed system's kernel. */
public enum BootMode {
    BIOS,
    UEFI
}
