package dev.vmtest.trial;

import dev.vmtest.image.Images;
import dev.vmtest.installer.Installer;
import dev.vmtest.iscsi.IscsiServers;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Processes;
import dev.vmtest.result.RunListener;
import dev.vmtest.seed.Power;
import dev.vmtest.testcase.Fidelity;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hold what every test of a run shares: the host's side of it.
 *
 * @param keeping where the tests' directories lie and what stays of them
 * @param version the version of vmtest, as the install log names it
 * @param host what of this host tests use
 * @param installer the installer under test
 * @param listener receives every event
 * @param chance what differs from run to run
 * @param guests how guests are started, and who may enter them
 */
public record RunContext(
        Keeping keeping,
        String version,
        HostSide host,
        Installer installer,
        RunListener listener,
        TimeAndChance chance,
        Guests guests) {

    /**
     * Say where the directories of the tests lie, and what stays of them.
     *
     * @param topdir the directory of the whole run
     * @param rules which data stays
     * @param tarDisks whether kept disks are packed into one archive
     */
    public record Keeping(Path topdir, KeepRules rules, boolean tarDisks) {}

    /**
     * Hold what of this host tests use.
     *
     * @param accelerator what executes the guests
     * @param processes runs external commands
     * @param machines starts machines
     * @param images finds the install image of a release
     * @param iscsi serves iSCSI disks
     */
    public record HostSide(
            Accelerator accelerator, Processes processes, Machines machines, Images images, IscsiServers iscsi) {}

    /**
     * Hold what differs from run to run by itself.
     *
     * @param clock the time of day
     * @param ticker the time between two moments
     * @param random where ids and nonces come from
     */
    public record TimeAndChance(InstantSource clock, Ticker ticker, RandomGenerator random) {}

    /**
     * Say how guests are started, and who may enter them.
     *
     * @param fidelity how install environments start where the test leaves the choice
     * @param resumption decides which install environments are resumed
     * @param attendance who sits before the machines, which then stay up when their work is done; null for nobody
     * @param aptProxy the proxy that guests are told, or null
     * @param sshKeys public keys that may log in to both systems
     */
    public record Guests(
            Fidelity fidelity,
            Resumption resumption,
            @Nullable Attendance attendance,
            @Nullable String aptProxy,
            List<String> sshKeys) {

        public Guests {
            sshKeys = List.copyOf(sshKeys);
        }

        /** Return what a guest does when its work is done. */
        Power powerAtTheEnd() {
            return attendance == null ? Power.OFF : Power.NONE;
        }
    }
}
