package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe the swap file.
 *
 * @param fileName absolute path in the target, or null for the installer's choice ({@code /swap.img})
 * @param size bytes; 0 asks for no swap file; null lets the installer choose by memory and disk
 * @param maximumSize bytes that a chosen size must not exceed, or null
 * @param force whether to make it also where the file system is known to be unfit
 */
public record SwapConfig(
        Location location,
        @Nullable String fileName,
        @Nullable Long size,
        @Nullable Long maximumSize,
        boolean force) {}
