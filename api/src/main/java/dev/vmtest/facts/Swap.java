package dev.vmtest.facts;

/**
 * Describe one active swap area, as {@code /proc/swaps} lists it.
 *
 * @param path the device or file
 * @param type {@code partition} or {@code file}
 * @param size usable bytes: the area less its header page
 * @param priority its priority
 */
public record Swap(String path, String type, long size, int priority) {}
