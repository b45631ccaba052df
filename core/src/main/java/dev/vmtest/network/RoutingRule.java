package dev.vmtest.network;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe a rule that chooses a routing table (ip-rule(8)).
 *
 * @param from the sources that it is about, or null for all
 * @param to the destinations that it is about, or null for all
 * @param table the number of the table, or null for the main one
 * @param priority the lower is asked first; null leaves it to the system
 * @param mark the firewall's mark that it is about, or null
 * @param typeOfService the type of service that it is about, or null
 */
public record RoutingRule(
        Location location,
        @Nullable IpNetwork from,
        @Nullable IpNetwork to,
        @Nullable Integer table,
        @Nullable Integer priority,
        @Nullable Integer mark,
        @Nullable Integer typeOfService) {}
