package dev.vmtest.installer.curtin;

import dev.vmtest.installer.InstallerException;
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

    /** Return those of the curtin that a command line starts, which is run on this host when they are first asked for. */
    static SubCommands of(String command) {
        return new SubCommands() {

            private Set<String> known = Set.of();

            @Override
            public synchronized Set<String> names() {
                if (known.isEmpty()) {
                    try (SupervisedProcesses processes = new SupervisedProcesses()) {
                        known = new ExternalInstaller(command, processes).names();
                    }
                }
                return known;
            }
        };
    }
}
