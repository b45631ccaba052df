package dev.vmtest.peer;

import dev.vmtest.network.IpNetwork;

/**
 * Describe what a router of IPv6 announces (RFC 4861).
 *
 * @param prefix the network of the link, of 64 bits
 * @param autonomous whether machines make themselves an address in it
 * @param managed whether addresses are to be had from a server
 * @param other whether other settings are to be had from a server
 */
public record Announcement(IpNetwork prefix, boolean autonomous, boolean managed, boolean other) {}
