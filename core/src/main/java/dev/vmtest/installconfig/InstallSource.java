package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe where the target's files come from.
 *
 * @param name its key, or its index in a list
 * @param type {@code tgz}, {@code fsimage}, {@code dd-xz}, …, or null where the URI says it
 */
public record InstallSource(
        Location location, String name, @Nullable String type, String uri) {}
