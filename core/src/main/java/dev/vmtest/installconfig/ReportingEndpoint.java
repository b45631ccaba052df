package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/**
 * Describe one receiver of report events.
 *
 * @param type {@code webhook}, {@code print}, {@code log} or {@code journald}
 * @param endpoint the URL of a webhook, or null
 */
public record ReportingEndpoint(
        Location location,
        String name,
        String type,
        @Nullable String endpoint,
        @Nullable String level) {}
