package dev.vmtest.facts;

/**
 * Describe one device of a pool of ZFS.
 *
 * @param path its node
 * @param state ZFS's word, such as {@code ONLINE}; empty if it gives none
 */
public record ZfsMember(String path, String state) {}
