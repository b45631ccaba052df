package dev.vmtest.run;

import dev.vmtest.config.MapValue;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.machine.MachineSpec;
import java.time.Duration;

/**
 * Hold one test on one release, complete and checked: nothing about it is left to find out but what
 * the machines do.
 *
 * @param definition what its author wrote
 * @param release the release of the install environment and of what it installs
 * @param merged every configuration layer merged, without what only a run knows
 * @param config the same as typed sections
 * @param machine the machine that both boots use
 * @param installer the name of the installer under test
 * @param installTimeout how long the install may take, before scaling
 * @param bootTimeout how long the first boot may take, before scaling
 * @param skipReason why it is not run, or empty
 * @param reproduce a command line that runs it again
 */
public record TestCase(
        TestDefinition definition,
        String release,
        MapValue merged,
        InstallConfig config,
        MachineSpec machine,
        String installer,
        Duration installTimeout,
        Duration bootTimeout,
        String skipReason,
        String reproduce) {

    /** Return the name of the test without its release. */
    public String name() {
        return definition.name();
    }

    /** Return the name under which reports show it. */
    public String title() {
        return name() + " [" + release + "]";
    }

    /** Return the name of its directory below the topdir. */
    public String directoryName() {
        return name().replaceAll("[^A-Za-z0-9._-]", "-") + "-" + release;
    }
}
