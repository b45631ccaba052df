package dev.vmtest.launch;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.BridgeAddress;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.qemu.BridgeAccess;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.ShellWords;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.session.AptProxy;
import dev.vmtest.session.Host;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.session.IscsiOfRun;
import dev.vmtest.session.QemuChoice;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.Surroundings;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.trial.ImageDrives;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Boot machines that a person puts together, as this host and its environment allow. */
public final class ManualBoots implements AutoCloseable {

    private final SupervisedProcesses processes;
    private final SecureRandom random = new SecureRandom();
    private final Settings settings;
    private final Host host;
    private final IscsiOfRun iscsi;

    private ManualBoots(Surroundings surroundings) {
        this.settings = Settings.read(surroundings.environment());
        this.processes = new SupervisedProcesses(
                QemuChoice.of(surroundings.environment()).changes());
        this.host = new Host(SessionOptions.BUILTIN, surroundings, processes, Clock.systemUTC());
        this.iscsi = new IscsiOfRun(settings, surroundings.environment(), processes);
    }

    /** Prepare this host's way; nothing is started yet. */
    public static ManualBoots open(Surroundings surroundings) {
        return new ManualBoots(surroundings);
    }

    /** Return what reads disks for an emulator. */
    public DiskArguments disks(Architecture architecture, String emulator) {
        return new DiskArguments(
                architecture,
                settings.get(SettingsTable.DEF_DISK_DRIVER),
                settings.find(SettingsTable.QEMU_SUPPORTS_FILE_LOCKING).orElse(true),
                new QemuDeviceOptions(processes, emulator),
                new QemuImageFormats(processes));
    }

    /** Return what reads network interfaces for an emulator. */
    public NicArguments nics(Architecture architecture, String emulator) {
        return new NicArguments(
                architecture,
                settings.get(SettingsTable.DEF_NETMODEL),
                new QemuDeviceOptions(processes, emulator),
                random);
    }

    /** Return the network interfaces of a machine for which none is named. */
    public String usualBridge() {
        return settings.get(SettingsTable.BRIDGE);
    }

    /**
     * Return the firmware of a machine that starts by UEFI.
     *
     * @param nvram its variable store, made if it is not there; null for the system's, which keeps nothing
     * @param dryRun whether to make none
     */
    public ManualMachine.Firmware uefi(Architecture architecture, @Nullable Path nvram, boolean dryRun)
            throws MachineException {
        FirmwareFiles files = FirmwareFiles.find(architecture);
        if (nvram == null) {
            return new ManualMachine.Firmware.Uefi(files.code(), files.variables(), true);
        }
        if (!dryRun) {
            files.createVariables(nvram);
        }
        return new ManualMachine.Firmware.Uefi(files.code(), nvram, false);
    }

    /** Return the newest install image of a release. */
    public InstallImage image(String release) throws ImageException {
        return host.images().find(release);
    }

    /** Return the drives of an install image. */
    public List<ManualMachine.Disk> drives(InstallImage image) {
        return ImageDrives.of(image).stream()
                .map(drive -> Launch.drive(drive.file(), "raw", drive.serial(), true))
                .toList();
    }

    /**
     * Return where the web server listens for guests on a network.
     *
     * @throws MachineException if no address of this host is known there
     */
    public LaunchRequest.WebServer web(List<ManualMachine.Nic> nics) throws MachineException {
        int port = settings.find(SettingsTable.HTTP_PORT).orElse(0);
        int tries = port == 0 ? settings.get(SettingsTable.HTTP_TRIES) : 1;
        Optional<String> bridge = nics.stream()
                .map(ManualMachine.Nic::bridge)
                .filter(name -> !name.equals(NicSpec.USER))
                .findFirst();
        boolean isUser = nics.stream().anyMatch(nic -> nic.bridge().equals(NicSpec.USER));
        Optional<String> given = settings.find(SettingsTable.IP_ADDR);
        if (given.isPresent()) {
            return new LaunchRequest.WebServer(given.get(), port, tries);
        }
        return new LaunchRequest.WebServer(
                isUser || bridge.isEmpty() ? null : BridgeAddress.of(bridge.get()), port, tries);
    }

    /**
     * Return what a guest is given beside its command.
     *
     * @param program the first word of the command
     * @param proxyConfig whether curtin gets this host's proxies
     */
    public LaunchRequest.Help help(
            String program, boolean installDeps, boolean proxyConfig, LaunchRequest.WebServer web) {
        Map<String, String> proxies = new LinkedHashMap<>();
        if (proxyConfig) {
            put(proxies, "http_proxy", settings.find(SettingsTable.HTTP_PROXY));
            put(proxies, "https_proxy", settings.find(SettingsTable.HTTPS_PROXY));
            if (!proxies.isEmpty()) {
                String host = web.listens() == null ? LaunchRequest.USER_NETWORKING_HOST : web.listens();
                String none = settings.find(SettingsTable.NO_PROXY).orElse("");
                proxies.put("no_proxy", none.isEmpty() ? host : none + "," + host);
            }
        }
        return new LaunchRequest.Help(
                settings.find(SettingsTable.CURTIN_EXE).orElse(ShellWords.quote(program)),
                installDeps,
                proxies,
                AptProxy.find(settings, processes).orElse(null),
                host.sshKeys());
    }

    private static void put(Map<String, String> proxies, String key, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresent(text -> proxies.put(key, text));
    }

    /**
     * Prepare a launch; see {@link Launch#prepare}.
     *
     * @throws InfrastructureException if the guest would not reach its iSCSI disks
     */
    public Launch prepare(LaunchRequest request, boolean dryRun) throws LaunchException {
        List<String> obstacles = request.iscsiDisks().isEmpty()
                ? List.of()
                : iscsi.obstacles(
                        request.isCurtin(),
                        request.nics().stream().anyMatch(nic -> nic.bridge().equals(NicSpec.USER)));
        if (!obstacles.isEmpty()) {
            throw new InfrastructureException(obstacles);
        }
        return Launch.prepare(
                request, processes, host.temporaryDirectory(), random, new QemuImageFormats(processes), iscsi, dryRun);
    }

    /**
     * Return QEMU's command line of a machine.
     *
     * @throws MachineException when the machine can't be expressed
     */
    public Command command(ManualMachine machine) throws MachineException {
        return Command.of(ManualArguments.build(machine, accelerator(machine)));
    }

    /** Say what executes a machine, and why. */
    public String execution(ManualMachine machine) {
        if (machine.choosesAccelerator()) {
            return "the arguments for QEMU choose the accelerator";
        }
        Accelerator accelerator = accelerator(machine);
        return "accelerator " + accelerator.name().text() + " (" + accelerator.reason() + ")";
    }

    private Accelerator accelerator(ManualMachine machine) {
        if (machine.choosesAccelerator()) {
            return Accelerator.tcg("the arguments for QEMU choose it");
        }
        ManualMachine.Kernel kernel = machine.kernel();
        return host.accelerator(machine.architecture(), kernel == null ? null : kernel.file());
    }

    /**
     * Run a machine to its end; it ends with this JVM at the latest.
     *
     * @param waits whether it gets no terminal, so that signals arrive here; otherwise it has this JVM's
     * @return QEMU's exit status
     * @throws InfrastructureException with everything that is in the way
     */
    public int run(ManualMachine machine, Command command, boolean waits) throws LaunchException, InterruptedException {
        List<String> obstacles = machine.nics().stream()
                .map(ManualMachine.Nic::bridge)
                .distinct()
                .flatMap(bridge -> BridgeAccess.ofHost().obstacles(bridge).stream())
                .toList();
        if (!obstacles.isEmpty()) {
            throw new InfrastructureException(obstacles);
        }
        try (Running running =
                waits ? processes.start(command, Processes.OWN_OUTPUT) : processes.startInteractive(command)) {
            return running.exit().get();
        } catch (ProcessException failed) {
            boolean isMissing = failed.reason() == ProcessException.Reason.MISSING;
            throw new LaunchException(
                    failed.problem()
                            + (isMissing
                                    ? "; install it with 'apt-get install "
                                            + Platform.of(machine.architecture())
                                                    .emulatorPackage() + "'"
                                    : ""),
                    failed);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a process ends with a status", defect.getCause());
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
