package dev.vmtest.installer.curtin;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerKind;
import dev.vmtest.text.MistakeException;
import java.util.Optional;

/** Let users choose a curtin of theirs by the command that starts it. */
public final class CurtinKind implements InstallerKind {

    @Override
    public String name() {
        return ExternalInstaller.NAME;
    }

    @Override
    public InstallerChoice choose(Optional<String> command, String usual) {
        String chosen = command.orElse(usual.isBlank() ? ExternalInstaller.NAME : usual);
        if (chosen.isBlank()) {
            throw new MistakeException("the installer '" + name() + "' has an empty command; write --installer "
                    + name() + "=COMMAND, such as --installer " + name() + "=/path/to/curtin/bin/curtin");
        }
        return new CurtinChoice(chosen);
    }
}
