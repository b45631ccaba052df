package dev.vmtest.machine;

import java.util.List;

/**
 * Describe one network interface of a machine.
 *
 * @param mac the address as six colon separated octets in lower case
 * @param bridge {@code user} for QEMU's user networking, otherwise the name of a host bridge
 * @param forwards what answers in user networking beside the host
 */
public record NicSpec(String mac, String bridge, List<GuestForward> forwards) {

    /** The word that asks for QEMU's user networking, as in {@code CURTIN_VMTEST_BRIDGE}. */
    public static final String USER = "user";

    public NicSpec {
        forwards = List.copyOf(forwards);
    }

    /** Describe an interface in whose network only the host answers. */
    public NicSpec(String mac, String bridge) {
        this(mac, bridge, List.of());
    }

    /** Say whether it is on QEMU's user networking. */
    public boolean isUser() {
        return bridge.equals(USER);
    }

    /** Return the same with something else that answers in its user network. */
    public NicSpec with(GuestForward forward) {
        return new NicSpec(mac, bridge, List.of(forward));
    }
}
