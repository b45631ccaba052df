package dev.vmtest.installer;

import dev.vmtest.process.SupervisedProcesses;
import java.util.Set;

/** Say which sub-commands the curtin under test has. */
public interface SubCommands {

    /**
     * Return their names.
     *
     * @throws InstallerException if they cannot be found out
     */
    Set<String> names();

    /** Return those of a chosen installer, which is run on this host when they are first asked for. */
    static SubCommands of(InstallerChoice choice) {
        return new SubCommands() {

            private Set<String> known = Set.of();

            @Override
            public synchronized Set<String> names() {
                if (known.isEmpty()) {
                    try (SupervisedProcesses processes = new SupervisedProcesses()) {
                        known = new ExternalInstaller(choice.command(), processes).names();
                    }
                }
                return known;
            }
        };
    }
}
