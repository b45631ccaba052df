package dev.vmtest.facts;

/**
 * Describe a bcache superblock, as {@code bcache-super-show} told it.
 *
 * @param device the kernel name of the device that has it
 * @param backing whether this is a backing device, not a cache
 * @param cacheSet the UUID of the cache set; zeros if the device was never attached to one
 */
public record BcacheSuperblock(String device, boolean backing, String uuid, String cacheSet) {}
