package dev.vmtest.iscsi;

/** Know how a guest must write an address of this host. */
final class GuestView {

    /** Where QEMU's user networking shows a guest the loopback address of this host. */
    private static final String LOOPBACK_FROM_GUEST = "10.0.2.2";

    private GuestView() {}

    static String of(String host) {
        return host.startsWith("127.") || host.equals("localhost") ? LOOPBACK_FROM_GUEST : host;
    }
}
