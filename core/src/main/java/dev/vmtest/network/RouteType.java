package dev.vmtest.network;

import java.util.Locale;

/** Name what happens to what is sent by a route (ip-route(8)). */
public enum RouteType {
    UNICAST,
    ANYCAST,
    BLACKHOLE,
    BROADCAST,
    LOCAL,
    MULTICAST,
    NAT,
    PROHIBIT,
    THROW,
    UNREACHABLE,
    XRESOLVE;

    /** Return how configurations and {@code ip route} write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
