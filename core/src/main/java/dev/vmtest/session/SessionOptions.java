package dev.vmtest.session;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.Installers;
import dev.vmtest.machine.Attendance;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.text.MistakeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a command line says about a run and the environment cannot say.
 *
 * @param installer a name or {@code NAME=COMMAND}, such as {@code builtin} and {@code curtin=/opt/curtin}; null leaves it to the environment
 * @param fidelity how install environments are started where the test leaves the choice; null leaves it to the
 *     environment
 * @param attendance who sits before the machines; null for nobody
 */
public record SessionOptions(
        @Nullable String installer,
        @Nullable Fidelity fidelity,
        @Nullable Attendance attendance) {

    /** What {@code CURTIN_VMTEST_CURTIN_EXE} chooses. */
    private static final String CURTIN = "curtin";

    /** Leave everything to the environment. */
    public static final SessionOptions DEFAULT = new SessionOptions(null);

    /** Test the built-in installer, whatever the environment says. */
    public static final SessionOptions BUILTIN = new SessionOptions(Installers.USUAL);

    /** Leave the rest to the environment. */
    public SessionOptions(@Nullable String installer) {
        this(installer, null, null);
    }

    /** Return how install environments start: the option decides, then {@code CURTIN_VMTEST_FIDELITY}. */
    public Fidelity fidelity(Settings settings) {
        if (attendance != null) {
            // A person wants to see the boot, and the agent of a resumed machine would power it off.
            return fidelity == Fidelity.FULL_HTTP ? fidelity : Fidelity.FULL;
        }
        return fidelity == null
                ? Fidelity.valueOf(settings.get(SettingsTable.FIDELITY)
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_'))
                : fidelity;
    }

    /**
     * Return which installer is under test: the option decides, then {@code CURTIN_VMTEST_CURTIN_EXE}, and
     * the built-in one if neither says anything.
     *
     * @throws MistakeException if the option names no installer
     */
    public InstallerChoice choice(Settings settings) {
        String configured = settings.find(SettingsTable.CURTIN_EXE).orElse("");
        if (installer == null) {
            return configured.isBlank() ? Installers.usual() : Installers.of(CURTIN, configured);
        }
        return Installers.of(installer, configured);
    }
}
