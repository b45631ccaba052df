package dev.vmtest.launch;

import dev.vmtest.launch.DiskArguments.SizedDisk;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.release.Architecture;
import dev.vmtest.seed.Power;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ask for a command in an install environment.
 *
 * @param machine what of the machine is decided: everything but its kernel, its disks and its interfaces
 * @param command what runs in the guest
 * @param added files to take along
 * @param boot what boots
 * @param disks the disks, made where they are not there; none asks for one that vanishes with the machine
 * @param iscsiDisks the disks that the guest reaches over iSCSI
 * @param nics the network interfaces
 * @param published files on the web server, each {@code FILE[:PATH]}
 * @param power what the guest does afterwards
 * @param web where the web server listens
 * @param help what the guest is given beside its command
 */
public record LaunchRequest(
        MachineOptions machine,
        List<String> command,
        List<String> added,
        BootOptions boot,
        List<SizedDisk> disks,
        List<IscsiDisk> iscsiDisks,
        List<ManualMachine.Nic> nics,
        List<String> published,
        Power power,
        WebServer web,
        Help help) {

    /** The host as a guest on user networking sees it. */
    public static final String USER_NETWORKING_HOST = PublishServer.USER_NETWORKING_HOST;

    public LaunchRequest {
        command = List.copyOf(command);
        added = List.copyOf(added);
        disks = List.copyOf(disks);
        iscsiDisks = List.copyOf(iscsiDisks);
        nics = List.copyOf(nics);
        published = List.copyOf(published);
    }

    /** Say whether the command is a curtin, which packs itself. */
    public boolean isCurtin() {
        return new GuestCommand(command, List.of()).isCurtin();
    }

    /** Say what the machine is. */
    public record MachineOptions(
            Architecture architecture,
            int cpus,
            int memory,
            ManualMachine.Firmware firmware,
            ManualMachine.Display display,
            ManualMachine.Serial serial,
            boolean reboots) {}

    /**
     * Say what boots.
     *
     * @param kernel the kernel, or null to boot the image
     * @param image a disk image that is booted or holds the root, or null; it stays as it is
     * @param drives read-only drives of an install image
     * @param root what stands first on the kernel's command line
     * @param appended what stands last there
     */
    public record BootOptions(
            @Nullable Path kernel,
            @Nullable Path initrd,
            @Nullable Path image,
            List<ManualMachine.Disk> drives,
            String root,
            List<String> appended) {

        public BootOptions {
            drives = List.copyOf(drives);
            appended = List.copyOf(appended);
        }
    }

    /**
     * Say where the web server listens.
     *
     * @param listens the address of this host; null for this host alone and guests on user networking
     * @param port the port, 0 for a free one
     * @param tries how often a free one is asked for
     */
    public record WebServer(@Nullable String listens, int port, int tries) {}

    /**
     * Say what the guest is given beside its command.
     *
     * @param curtin the command line of the curtin that packs itself
     * @param installDeps whether curtin installs what it needs in the install environment
     * @param proxies what goes below {@code proxy} of curtin's configuration
     * @param aptProxy the proxy for packages, or null
     * @param sshKeys public keys that may log in
     */
    public record Help(
            String curtin,
            boolean installDeps,
            Map<String, String> proxies,
            @Nullable String aptProxy,
            List<String> sshKeys) {

        public Help {
            proxies = Map.copyOf(proxies);
            sshKeys = List.copyOf(sshKeys);
        }
    }
}
