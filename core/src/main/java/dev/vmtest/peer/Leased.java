package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;

/**
 * Say that an address was leased.
 *
 * @param wire on which NIC, with which tags
 * @param card the address of the card that asked
 */
public record Leased(Wire wire, String card, IpAddress address) {}
