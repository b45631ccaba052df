package dev.vmtest.cli;

import dev.vmtest.session.Session;
import picocli.CommandLine.IVersionProvider;

/** Say which vmtest this is. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"vmtest " + Session.version()};
    }
}
