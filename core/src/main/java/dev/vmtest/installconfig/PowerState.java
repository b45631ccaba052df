package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import org.jspecify.annotations.Nullable;

/** Describe what happens to the machine after the installation: halt, poweroff or reboot. */
public record PowerState(
        Location location,
        String mode,
        @Nullable String delay,
        @Nullable String message) {}
