package dev.vmtest.facts;

import org.jspecify.annotations.Nullable;

/**
 * Describe a route of any table, as {@code ip -d -j route show table all} listed it.
 *
 * @param type {@code unicast}, {@code blackhole}, …
 * @param destination {@code default}, an address or a network in CIDR notation
 * @param gateway the next hop, or an empty string
 * @param device the interface, or an empty string
 * @param metric 0 when none is shown
 * @param table its name or number; {@code main} when none is shown
 * @param protocol who made it, such as {@code ra} or {@code dhcp}; empty when none is shown
 * @param source the address that is sent from, or null
 */
public record KernelRoute(
        boolean isVersion6,
        String type,
        String destination,
        String gateway,
        String device,
        long metric,
        String table,
        String protocol,
        @Nullable String source) {

    @Override
    public String toString() {
        return (type.equals("unicast") ? "" : type + " ")
                + destination
                + (gateway.isEmpty() ? "" : " via " + gateway)
                + (device.isEmpty() ? "" : " dev " + device)
                + (metric == 0 ? "" : " metric " + metric)
                + (table.equals("main") ? "" : " table " + table);
    }
}
