package dev.vmtest.session;

import dev.vmtest.run.TestCases;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.time.Duration;

/** Say what the environment and the command line want of every test. */
public final class TestDefaults {

    private TestDefaults() {}

    /** Return the defaults of a run. */
    public static TestCases.Defaults of(SessionOptions options, Settings settings) {
        return new TestCases.Defaults(
                options.installer(),
                settings.find(SettingsTable.NR_CPUS).orElse(0),
                settings.find(SettingsTable.VMRAM).orElse(0),
                settings.get(SettingsTable.BRIDGE),
                Duration.ofSeconds(settings.get(SettingsTable.INSTALL_TIMEOUT)),
                Duration.ofSeconds(settings.get(SettingsTable.BOOT_TIMEOUT)),
                hostArchitecture(),
                options.fidelity());
    }

    static String hostArchitecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "ppc64le" -> "ppc64el";
            default -> System.getProperty("os.arch");
        };
    }
}
