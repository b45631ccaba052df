package dev.vmtest.seed;

import java.util.Map;
import java.util.Optional;

/** Say what a guest does when cloud-init has run everything else. */
public enum Power {
    OFF("poweroff"),
    REBOOT("reboot"),
    /** Stay up, for a person at its console. */
    NONE("");

    private final String mode;

    Power(String mode) {
        this.mode = mode;
    }

    /** Return the cloud-config for it, if it needs one. */
    Optional<Map<String, Object>> config() {
        return mode.isEmpty() ? Optional.empty() : Optional.of(Map.of("power_state", Map.of("mode", mode)));
    }
}
