package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Hold one entry of {@code vmtest.nics}.
 *
 * @param mac six octets in lower case
 * @param bridge a bridge of the host, {@code user} for user networking, or null for the setting
 */
public record NicOverride(
        Location location, String mac, @Nullable String bridge) {}
