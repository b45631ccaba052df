package dev.vmtest.installer;

import dev.vmtest.config.Problems;

/** Be the installer under test: turn a configuration into what the install environment runs. */
public interface Installer {

    /** Return the name by which a user chooses this installer. */
    String name();

    /**
     * Return what the installer says it is.
     *
     * @throws InstallerException if it cannot be used on this host
     */
    String version();

    /**
     * Return what the install environment's user-data runs.
     *
     * <p>What the installer can't do is added to the problems, all of it at once and each at its place
     * in the YAML; the payload is then not fit for use.
     *
     * @throws InstallerException if the installer itself is at fault, such as a failing {@code curtin pack}
     */
    InstallPayload payload(InstallRequest request, Problems problems);
}
