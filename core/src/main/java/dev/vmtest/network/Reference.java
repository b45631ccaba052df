package dev.vmtest.network;

import dev.vmtest.config.Location;

/**
 * Say that one interface needs another.
 *
 * @param location where the other is named
 * @param id what it is called
 */
public record Reference(Location location, String id, Role role) {

    /** Say what the other interface is. */
    public enum Role {
        /** A part of a bond, a bridge or a routing domain; it can be part of one only. */
        MEMBER,
        /** What a VLAN or a tunnel stands on. */
        LINK,
        /** The other end of a pair. */
        PEER
    }
}
