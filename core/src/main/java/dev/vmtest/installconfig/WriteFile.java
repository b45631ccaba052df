package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe a file that the installer writes into the target.
 *
 * @param name the key of the entry
 * @param path absolute path in the target
 * @param permissions octal digits such as {@code 0644}
 * @param owner {@code user:group}, or null for root
 */
public record WriteFile(
        Location location,
        String name,
        String path,
        String content,
        String permissions,
        @Nullable String owner) {}
