package dev.vmtest.tiny;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerKind;
import java.util.Optional;

/** Register an installer of somebody else's. */
public final class TinyKind implements InstallerKind {

    @Override
    public String name() {
        return TinyInstaller.NAME;
    }

    @Override
    public InstallerChoice choose(Optional<String> command, String usual) {
        return new TinyInstaller();
    }
}
