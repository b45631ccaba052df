package dev.vmtest.facts;

/**
 * Describe a running bcache device, as sysfs told it.
 *
 * @param device the kernel name, such as {@code bcache0}
 * @param cacheMode the active mode
 * @param state {@code clean}, {@code dirty}, {@code inconsistent} or {@code no cache}
 * @param cacheSet the UUID of the cache set that serves it; empty if none does
 */
public record BcacheDevice(String device, String cacheMode, String state, String cacheSet) {}
