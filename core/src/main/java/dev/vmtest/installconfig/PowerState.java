package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import org.jspecify.annotations.Nullable;

/** Describe what happens to the machine after the installation: halt, poweroff or reboot. */
public record PowerState(
        Location location,
        String mode,
        @Nullable String delay,
        @Nullable String message) {

    /** Read the {@code power_state} key; null where it is absent or empty. */
    static @Nullable PowerState read(MapReader root) {
        if (!root.has("power_state")) {
            return null;
        }
        MapReader reader = root.section("power_state");
        if (!reader.has("mode")) {
            reader.missing("mode");
        }
        String mode = reader.choice("mode", "halt", "poweroff", "reboot");
        PowerState state = new PowerState(
                reader.source().location(),
                mode == null ? "poweroff" : mode,
                reader.written("delay"),
                reader.text("message"));
        reader.accept("condition", "timeout");
        reader.refuseUnknown();
        return state;
    }
}
