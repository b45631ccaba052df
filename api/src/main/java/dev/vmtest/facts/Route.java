package dev.vmtest.facts;

/**
 * Describe one route of the main table, as {@code ip -j route} listed it.
 *
 * @param destination {@code default} or a network in CIDR notation
 * @param gateway the next hop, or an empty string
 * @param device the interface, or an empty string
 * @param metric the metric, 0 when none is shown
 */
public record Route(String destination, String gateway, String device, long metric) {}
