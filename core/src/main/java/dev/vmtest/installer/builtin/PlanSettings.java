package dev.vmtest.installer.builtin;

import dev.vmtest.config.MapValue;
import dev.vmtest.installconfig.InstallSection;
import dev.vmtest.installconfig.PowerState;
import dev.vmtest.installconfig.ProxyConfig;
import dev.vmtest.secret.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what concerns the whole of an install.
 *
 * @param title the configuration's name, for the head of the script
 * @param install where it logs, and what it leaves in the target
 * @param endpoints the addresses that take report events
 * @param onConsole whether events are printed, too, as they are where a configuration reports to {@code print} or {@code log}
 * @param journal the name under which events go to the journal of the install environment; empty for no such events
 * @param proxy the proxies of this environment
 * @param powerState what happens to the machine at the end, or null
 * @param config the configuration as it is saved in the target and as commands find it in {@code $CONFIG}
 */
public record PlanSettings(
        String title,
        InstallSection install,
        List<Secret> endpoints,
        boolean onConsole,
        String journal,
        ProxyConfig proxy,
        @Nullable PowerState powerState,
        MapValue config) {

    public PlanSettings {
        endpoints = List.copyOf(endpoints);
    }
}
