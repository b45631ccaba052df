package dev.vmtest.installer.builtin;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerKind;
import dev.vmtest.text.MistakeException;
import java.util.Optional;

/** Let users choose vmtest's own installer; it has no command. */
public final class BuiltinKind implements InstallerKind {

    @Override
    public String name() {
        return BuiltinInstaller.NAME;
    }

    @Override
    public InstallerChoice choose(Optional<String> command, String usual) {
        if (command.isPresent()) {
            throw new MistakeException("the installer '" + name() + "' takes no command; write --installer " + name()
                    + ", or --installer curtin=COMMAND");
        }
        return BuiltinChoice.CHOICE;
    }
}
