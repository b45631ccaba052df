package dev.vmtest.network;

/** Name a family of addresses. */
public enum Family {
    IPV4("IPv4", 32),
    IPV6("IPv6", 128);

    private final String word;
    private final int bits;

    Family(String word, int bits) {
        this.word = word;
        this.bits = bits;
    }

    /** Return how people write it. */
    public String word() {
        return word;
    }

    /** Return the number of bits of an address. */
    public int bits() {
        return bits;
    }

    /** Return the network of all addresses, to which a default route leads. */
    public IpNetwork everything() {
        return new IpNetwork(new IpAddress(this, java.math.BigInteger.ZERO), 0);
    }
}
