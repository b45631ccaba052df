package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe which kernel the target gets.
 *
 * @param packageName the package to install, or null for the release's own
 * @param fallbackPackage what to install when nothing else fits, or null
 * @param install whether to install a kernel at all
 * @param remove packages to remove
 * @param removeExisting whether every other kernel is removed ({@code remove: existing})
 */
public record KernelConfig(
        Location location,
        @Nullable String packageName,
        @Nullable String fallbackPackage,
        boolean install,
        List<String> remove,
        boolean removeExisting) {}
