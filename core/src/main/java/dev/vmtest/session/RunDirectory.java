package dev.vmtest.session;

import dev.vmtest.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Make the directory of a run whose tests run elsewhere, where and for whom the environment says. */
public final class RunDirectory {

    private final Topdir topdir;
    private final Path log;

    private RunDirectory(Topdir topdir, Path log) {
        this.topdir = topdir;
        this.log = log;
    }

    /**
     * Choose the directory; nothing is made yet.
     *
     * @throws dev.vmtest.text.MistakeException if it is there and not empty, or not one's own
     */
    public static RunDirectory of(Map<String, String> environment) {
        HostDirectories directories = new HostDirectories(Settings.read(environment), environment, Clock.systemUTC());
        Topdir topdir = directories.topdir();
        var unused = topdir.look();
        return new RunDirectory(topdir, directories.log(topdir));
    }

    /**
     * Make it.
     *
     * @throws InfrastructureException if it cannot be made
     */
    public void make() {
        var unused = topdir.create();
    }

    /** Return it. */
    public Path path() {
        return topdir.path();
    }

    /** Return where the debug log of the run goes. */
    public Path log() {
        return log;
    }
}
