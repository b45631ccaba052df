package dev.vmtest.installer;

import dev.vmtest.text.MistakeException;
import java.util.Optional;

/**
 * Be a kind of installer that a user can choose by its name.
 *
 * <p>Kinds are found as services (see {@link java.util.ServiceLoader}): one line in {@code
 * META-INF/services/dev.vmtest.installer.InstallerKind} registers one.
 */
public interface InstallerKind {

    /** Return the name by which a user chooses it. */
    String name();

    /**
     * Return the choice that a user made.
     *
     * @param command the command line that was written behind the name and {@code =}, if one was
     * @param usual the command line of this host where none was written; empty if there is none
     * @throws MistakeException if the command is of no use to this kind
     */
    InstallerChoice choose(Optional<String> command, String usual);
}
