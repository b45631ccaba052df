package dev.vmtest.installer;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.process.Processes;
import dev.vmtest.release.ReleaseBase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Be the choice of an installer that is to be tested: answer, before anything runs, all that depends on which one it is.
 *
 * <p>Nobody asks which installer it is. A further one is a class of this kind beside its {@link InstallerKind}.
 */
public interface InstallerChoice {

    /** Return the name by which users choose the installer and results record it. */
    String name();

    /** Return the option that makes this choice on a command line, ready to be pasted; empty for the usual one. */
    String option();

    /** Return the variables that make this choice where there is no command line. */
    Map<String, String> variables();

    /** Return an empty collection for what is wrong with a configuration that this installer is given. */
    Problems problems();

    /** Return what the installer does of what its format accepts. */
    Promises promises();

    /**
     * Hold a configuration against what the installer reads, as far as that is known before it runs.
     *
     * @param uefi whether the machine boots by UEFI
     */
    void check(InstallConfig config, boolean uefi, Problems problems);

    /** Say why this installer installs nothing on a release base, or nothing if it does. */
    Optional<String> objectionTo(ReleaseBase base);

    /** Say why this installer installs nothing but a copy of its install environment, or nothing if it does. */
    Optional<String> objectionToOtherTargets();

    /** Say whether the installer asks an iSCSI server for its targets, by the address that the guest knows. */
    boolean discoversTargets();

    /**
     * Look for what the installer lacks on this host; nothing if it has no needs of its own.
     *
     * @param directory an existing directory in which it may leave files
     */
    Optional<InstallerFinding> examine(Processes processes, Path directory);

    /**
     * Return a hash over the installer's own bytes, which tells whether two runs tested the same; empty if it is part of
     * vmtest.
     *
     * @throws InstallerException if they cannot be read
     */
    String fingerprint();

    /**
     * Return the installer.
     *
     * @param version the version of this vmtest
     */
    Installer open(Processes processes, String version);
}
