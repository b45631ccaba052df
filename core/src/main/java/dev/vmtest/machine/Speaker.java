package dev.vmtest.machine;

/**
 * Say who spoke on a console, as far as the words tell. A serial line carries no names: the kernel stamps its lines
 * with the time, programs that speak through it or through the journal name themselves behind the stamp, and the
 * rest is told apart by who has spoken before.
 */
public enum Speaker {
    /** Firmware or a boot loader: text without a stamp before the kernel's first line. */
    BOOT_LOADER("firmware or the boot loader"),

    /** The kernel: a stamp, and no program behind it. */
    KERNEL("the kernel"),

    /** A script or shell of the initramfs: text without a stamp between the kernel's first line and init's first. */
    INITRAMFS("the initramfs"),

    /** A program that says which one it is, such as {@code systemd[1]: }. */
    PROGRAM("a program"),

    /** Text without stamp and name since init runs: status lines, prompts, whatever is written to the terminal. */
    UNNAMED("somebody without a name"),

    /** Text without a name on the console of a kernel that stamps nothing ({@code printk.time=0}): it may be any's. */
    ANYBODY("somebody without a name");

    private final String text;

    Speaker(String text) {
        this.text = text;
    }

    /** Say whether it is somebody who never asks: what waits for an answer is on the terminal as it is. */
    boolean isNamed() {
        return this == KERNEL || this == PROGRAM;
    }

    /** Return who it is, for people. */
    public String text() {
        return text;
    }
}
