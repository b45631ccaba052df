package dev.vmtest.network;

/** Say who brings an interface up. */
public enum Activation {
    /** The system does, at each boot. */
    AT_BOOT,
    /** The system does when the device appears. */
    HOTPLUG,
    /** The administrator does. */
    BY_HAND,
    /** Nobody: it is kept down. */
    KEPT_DOWN,
    /** Nothing is said; it depends on the renderer whether an interface without addresses is brought up. */
    UNSAID
}
