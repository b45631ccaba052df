package dev.vmtest.facts;

/**
 * Describe what a DHCP server gave.
 *
 * @param address the address without a prefix
 * @param server the address of the server; empty when it is not told
 */
public record Lease(String networkInterface, String address, String server) {}
