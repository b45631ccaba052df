package dev.vmtest.machine;

import dev.vmtest.release.Architecture;

/** Name what starts the machine. */
public enum Firmware {
    BIOS,
    UEFI;

    /** Return the firmware of a machine whose test asks for none: arm64 has nothing but UEFI. */
    public static Firmware usual(Architecture architecture) {
        return architecture == Architecture.ARM64 ? UEFI : BIOS;
    }
}
