package dev.vmtest.facts;

import org.jspecify.annotations.Nullable;

/**
 * Describe an address of an interface, as {@code ip -d -j addr} listed it.
 *
 * @param address the address alone
 * @param scope {@code global}, {@code site}, {@code link} or {@code host}
 * @param label what {@code ip address} shows it under, or null
 * @param isLimited whether its lifetime ends: it came from a server or by an advertisement
 * @param isByAdvertisement whether the system made it of a prefix that a router announced
 * @param isDeprecated whether it is no longer chosen for new connections
 * @param isUnusable whether another machine may have it, or has it
 */
public record LinkAddress(
        String address,
        int prefix,
        String scope,
        @Nullable String label,
        boolean isLimited,
        boolean isByAdvertisement,
        boolean isDeprecated,
        boolean isUnusable) {

    /** Return whether it is one of IPv6. */
    public boolean isVersion6() {
        return address.contains(":");
    }

    /** Return whether it means something beyond its own link. */
    public boolean reachesBeyondTheLink() {
        return scope.equals("global") || scope.equals("site");
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
