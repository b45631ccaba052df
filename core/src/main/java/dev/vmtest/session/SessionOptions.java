package dev.vmtest.session;

import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.installer.ExternalInstaller;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.run.Fidelity;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a command line says about a run and the environment cannot say.
 *
 * @param installer {@code builtin}, {@code curtin} or {@code curtin=COMMAND}; null leaves it to the environment
 * @param fidelity how install environments are started where the test leaves the choice
 */
public record SessionOptions(@Nullable String installer, Fidelity fidelity) {

    /** Leave everything to the environment. */
    public static final SessionOptions DEFAULT = new SessionOptions(null);

    /** Test the built-in installer, whatever the environment says. */
    public static final SessionOptions BUILTIN = new SessionOptions(BuiltinInstaller.NAME);

    /** Resume install environments where the test allows it. */
    public SessionOptions(@Nullable String installer) {
        this(installer, Fidelity.RESUME);
    }

    /**
     * Return which installer is under test: the option decides, then {@code CURTIN_VMTEST_CURTIN_EXE}, and
     * the built-in one if neither says anything.
     *
     * @throws IllegalArgumentException if the option names no installer
     */
    public InstallerChoice choice(Settings settings) {
        String configured = settings.find(SettingsTable.CURTIN_EXE).orElse("");
        if (installer == null) {
            return configured.isBlank()
                    ? InstallerChoice.BUILTIN
                    : InstallerChoice.of(ExternalInstaller.NAME, configured);
        }
        return InstallerChoice.of(installer, configured.isBlank() ? ExternalInstaller.NAME : configured);
    }
}
