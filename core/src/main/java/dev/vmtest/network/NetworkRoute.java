package dev.vmtest.network;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe a route; a gateway of a subnet is a route to everything.
 *
 * @param location where the route begins
 * @param gatewayLocation where its gateway stands, or where it begins
 * @param destination the network that it leads to
 * @param gateway the next hop, or null for what is on the link itself
 * @param metric the lower is preferred; null leaves it to the system
 * @param table the number of the routing table; null for the main one
 * @param onLink whether the gateway is reached though no subnet has it
 * @param source the address that is sent from, or null
 */
public record NetworkRoute(
        Location location,
        Location gatewayLocation,
        IpNetwork destination,
        @Nullable IpAddress gateway,
        @Nullable Integer metric,
        @Nullable Integer table,
        RouteType type,
        boolean onLink,
        @Nullable IpAddress source) {

    /** Return whether it leads to everything that no other route leads to. */
    public boolean isDefault() {
        return destination.isEverything() && type == RouteType.UNICAST;
    }

    /** Return the family of its destination. */
    public Family family() {
        return destination.family();
    }

    /** Return it as {@code ip route} would write it. */
    public String describe() {
        String shown =
                destination.isEverything() ? "default" : destination.network().toString();
        return (type == RouteType.UNICAST ? "" : type.word() + " ")
                + shown
                + (gateway == null ? "" : " via " + gateway)
                + (metric == null ? "" : " metric " + metric)
                + (table == null ? "" : " table " + table);
    }
}
