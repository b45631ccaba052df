package dev.vmtest.machine;

/**
 * Describe one network interface of a machine.
 *
 * @param mac the address as six colon separated octets in lower case
 * @param bridge {@code user} for QEMU's user networking, otherwise the name of a host bridge
 */
public record NicSpec(String mac, String bridge) {

    /** The word that asks for QEMU's user networking, as in {@code CURTIN_VMTEST_BRIDGE}. */
    public static final String USER = "user";
}
