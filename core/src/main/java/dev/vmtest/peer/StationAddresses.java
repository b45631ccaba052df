package dev.vmtest.peer;

/** Give each station a hardware address of its own: locally administered (IEEE 802), and "vmt" in the middle. */
final class StationAddresses {

    private static final String PREFIX = "02:76:6d:74:";

    private int given;

    /** Return whether an address is one of a station. */
    static boolean isOne(String macAddress) {
        return macAddress.startsWith(PREFIX);
    }

    /** Return the next address. */
    String next() {
        given++;
        return PREFIX + "%02x:%02x".formatted(given >> 8 & 0xff, given & 0xff);
    }
}
