package dev.vmtest.seed;

import dev.vmtest.text.TextResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Say what a guest does when cloud-init has run everything else. */
public enum Power {
    OFF("poweroff"),
    REBOOT("reboot"),
    /** Stay up, for a person at its console. */
    NONE("");

    private static final String ATTENDED = TextResource.beside(Power.class, "attended.sh");

    private final String mode;

    Power(String mode) {
        this.mode = mode;
    }

    /** Return the command for it; nothing for a machine that stays up. */
    Optional<String> command() {
        return mode.isEmpty() ? Optional.empty() : Optional.of("systemctl --no-block " + mode);
    }

    /** Return the cloud-config for it: a machine that stays up lets a person log in. */
    Map<String, Object> config() {
        return mode.isEmpty()
                ? Map.of("bootcmd", List.of(List.of("sh", "-c", ATTENDED)))
                : Map.of("power_state", Map.of("mode", mode));
    }
}
