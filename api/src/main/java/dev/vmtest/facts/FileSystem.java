package dev.vmtest.facts;

import org.jspecify.annotations.Nullable;

/**
 * Describe what a low-level probe ({@code blkid -p}) found on a block device.
 *
 * @param device the kernel name of the device
 * @param type {@code ext4}, {@code vfat}, {@code swap}, {@code crypto_LUKS}, …
 * @param version {@code FAT12}, {@code FAT16}, {@code FAT32}, {@code 1.0}, …, or null
 * @param label the label, or null
 * @param uuid the UUID, or null
 */
public record FileSystem(
        String device,
        String type,
        @Nullable String version,
        @Nullable String label,
        @Nullable String uuid) {}
