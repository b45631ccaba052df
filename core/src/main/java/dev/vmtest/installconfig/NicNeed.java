package dev.vmtest.installconfig;

import org.jspecify.annotations.Nullable;

/**
 * Describe a network interface that a configuration needs.
 *
 * @param bridge a bridge of the host, {@code user}, or null for the setting
 */
public record NicNeed(String mac, @Nullable String bridge) {}
