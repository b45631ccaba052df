package dev.vmtest.cli;

import dev.vmtest.image.InstallImage;
import dev.vmtest.launch.DiskArguments;
import dev.vmtest.launch.IscsiDisk;
import dev.vmtest.launch.Launch;
import dev.vmtest.launch.LaunchRequest;
import dev.vmtest.launch.ManualBoots;
import dev.vmtest.launch.ManualMachine;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.release.Architecture;
import dev.vmtest.seed.Power;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Boot an install environment that runs a command. */
@Command(
        name = "launch",
        description = {
            "Boots an install environment that runs a command, and exits with QEMU's status.",
            "",
            "A curtin packs itself and the configurations that its command line names; any other command is run with the"
                    + " files that --add gives it. PUBURL in the command, in its configurations, in --root-arg and in"
                    + " --append stands for the address of the web server that serves what --publish names. QEMU's"
                    + " command line is printed to standard error; with --dry-run to standard output, for a shell.",
            "",
            "  vmtest launch --release bookworm --disk disk.img:8G --power off --silent -- \\",
            "      curtin install --config simple.yaml cp:///media/root-ro",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LaunchCommand implements Callable<Integer> {

    private static final String ROOT = "root=/dev/disk/by-id/virtio-boot-disk";

    private final Invocation invocation;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What the guest runs, with its arguments.")
    private List<String> command = List.of();

    @Option(
            names = {"-R", "--release"},
            paramLabel = "R",
            converter = ReleaseNames.Single.class,
            completionCandidates = ReleaseNames.Candidates.class,
            description = "Boot the newest install image of this release: its kernel, initrd and root, with the kernel"
                    + " arguments that it needs.")
    private @Nullable String release;

    @Option(
            names = {"-k", "--kernel"},
            paramLabel = "FILE",
            description = "Kernel.")
    private @Nullable Path kernel;

    @Option(
            names = {"-i", "--initrd"},
            paramLabel = "FILE",
            description = "Initrd.")
    private @Nullable Path initrd;

    @Option(
            names = "--boot-image",
            paramLabel = "FILE",
            description =
                    "Disk image with the serial boot-disk, which stays as it is; without a kernel it boots itself.")
    private @Nullable Path bootImage;

    @Option(
            names = {"-a", "--append"},
            paramLabel = "ARG",
            description = "Append to the kernel's command line; may be repeated.")
    private List<String> appended = List.of();

    @Option(names = "--root-arg", paramLabel = "ARG", description = "What stands first there (default: " + ROOT + ").")
    private @Nullable String rootArgument;

    @Option(
            names = {"-d", "--disk"},
            paramLabel = "DISK",
            description =
                    "Disk: PATH[:SIZE][:DRIVER][:BLOCK-SIZE][:KEY=VALUE,…], such as disk.img:10G:scsi-hd:4096:serial=a;"
                            + " made if it is not there. \\: is a colon in the path of one that is not there. May be repeated."
                            + " Without any: one of 5G that vanishes."
                            + " PATH:SIZE:iscsi::TARGET[:USER:PASSWORD[:IUSER:IPASSWORD]] is one that the guest reaches over"
                            + " iSCSI; its address takes the place of the next __RFC4173__ in a configuration.")
    private List<String> disks = List.of();

    @Option(
            names = "--add",
            paramLabel = "FILE[:NAME]",
            description = "Take a file along; the command finds it by its name in its working directory.")
    private List<String> added = List.of();

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "FILE[:PATH]",
            description = "Serve a file at PUBURL/PATH, or at PUBURL/ and its name; may be repeated.")
    private List<String> published = List.of();

    @Option(
            names = "--power",
            paramLabel = "STATE",
            description = "What the guest does after the command: off, reboot, on or none (default: none).")
    private String power = "none";

    @Option(
            names = {"-s", "--smp"},
            paramLabel = "N",
            defaultValue = "2",
            description = "Virtual CPUs (default: ${DEFAULT-VALUE}).")
    private int cpus;

    @Option(names = "--mem", paramLabel = "M", defaultValue = "1024", description = "MiB (default: ${DEFAULT-VALUE}).")
    private int memory;

    @Option(
            names = "--serial-log",
            paramLabel = "FILE",
            defaultValue = "serial.log",
            description = "Where the serial console is written; 'stdio' for the terminal, 'none' for nowhere (default:"
                    + " ${DEFAULT-VALUE}).")
    private String serialLog = "serial.log";

    @Option(names = "--silent", description = "Show no screen; so it is also without a terminal.")
    private boolean silent;

    @Option(names = "--vnc", paramLabel = "D", description = "Show the screen by VNC, on a display such as :1.")
    private @Nullable String vnc;

    @Option(names = "--no-proxy-config", description = "Do not give curtin this host's proxies.")
    private boolean noProxyConfig;

    @Option(
            names = "--no-install-deps",
            description = "Do not have curtin install what it needs in the install environment.")
    private boolean noInstallDeps;

    @Mixin
    private MachineOptions options = new MachineOptions();

    LaunchCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        requireSense();
        Architecture architecture = options.architecture();
        String emulator = Platform.of(architecture).emulator();
        try (ManualBoots boots = ManualBoots.open(invocation.surroundings())) {
            List<DiskArguments.SizedDisk> sized = new ArrayList<>();
            DiskArguments reader = boots.disks(architecture, emulator);
            List<IscsiDisk> iscsi = new ArrayList<>();
            for (String text : disks) {
                Optional<IscsiDisk> served = IscsiDisk.parse(text);
                served.ifPresent(disk -> {
                    MachineOptions.requireImage(text, disk.image());
                    iscsi.add(disk);
                });
                if (served.isEmpty()) {
                    DiskArguments.SizedDisk disk = reader.launch(text);
                    MachineOptions.requireImage(text, disk.disk().file());
                    sized.add(disk);
                }
            }
            List<ManualMachine.Nic> nics = options.nics(boots, emulator);
            LaunchRequest.WebServer web = boots.web(nics);
            LaunchRequest request = new LaunchRequest(
                    new LaunchRequest.MachineOptions(
                            architecture,
                            cpus,
                            memory,
                            options.firmware(boots, false, kernel != null || release != null),
                            display(),
                            serial(),
                            options.reboots()),
                    command,
                    added,
                    boot(boots),
                    sized,
                    iscsi,
                    nics,
                    published,
                    power(),
                    web,
                    boots.help(command.get(0), !noInstallDeps, !noProxyConfig, web));
            try (Launch launch = boots.prepare(request, options.isDryRun())) {
                if (options.isDryRun()) {
                    invocation.err().println("vmtest: a dry run: no disk is made, and the seed's web server has ended");
                }
                launch.iscsiNotes().forEach(note -> invocation.err().println("vmtest: " + note));
                return options.run(boots, launch.machine(), invocation);
            }
        }
    }

    private void requireSense() {
        List<String> problems = new ArrayList<>();
        if (command.isEmpty()) {
            problems.add("say what the guest runs, such as: curtin install --config simple.yaml cp:///media/root-ro");
        }
        if (kernel == null && bootImage == null && release == null) {
            problems.add("say what boots: --release, --kernel, or --boot-image");
        }
        if (release != null && (kernel != null || initrd != null)) {
            problems.add("--release brings its own kernel and initrd");
        }
        if (initrd != null && kernel == null && release == null) {
            problems.add("--initrd needs --kernel");
        }
        if (cpus < 1) {
            problems.add("--smp " + cpus + ": a machine has at least one virtual CPU");
        }
        if (memory < 1) {
            problems.add("--mem " + memory + ": a machine has at least 1 MiB");
        }
        if (vnc != null && !vnc.matches("none|unix:.+|[^,]*:[0-9]{1,5}(,.*)?")) {
            problems.add("--vnc " + vnc + " is no display; write it as :1 or HOST:DISPLAY, such as 127.0.0.1:1");
        }
        serialProblem().ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    /** QEMU would say so only when the disks are made and the seed is served. */
    private Optional<String> serialProblem() {
        if (serialLog.equals("none") || serialLog.equals("stdio")) {
            return Optional.empty();
        }
        Path file = Path.of(serialLog);
        Path parent = file.toAbsolutePath().getParent();
        boolean isWritable = Files.exists(file) ? Files.isWritable(file) : parent != null && Files.isWritable(parent);
        return Files.isDirectory(file) || !isWritable
                ? Optional.of(
                        "--serial-log " + serialLog + ": no such file can be written; name another one, or 'none'")
                : Optional.empty();
    }

    private LaunchRequest.BootOptions boot(ManualBoots boots) throws Exception {
        Path image = bootImage == null ? null : MachineOptions.existing("--boot-image", bootImage);
        String root = rootArgument == null ? ROOT : rootArgument;
        if (release == null) {
            return new LaunchRequest.BootOptions(
                    kernel == null ? null : MachineOptions.existing("--kernel", kernel),
                    initrd == null ? null : MachineOptions.existing("--initrd", initrd),
                    image,
                    List.of(),
                    root,
                    appended);
        }
        InstallImage installer = boots.image(release);
        List<String> arguments = new ArrayList<>(List.of("overlayroot=tmpfs", "ro", "net.ifnames=0", "panic=-1"));
        arguments.addAll(appended);
        return new LaunchRequest.BootOptions(
                installer.kernel(), installer.initrd(), image, boots.drives(installer), root, arguments);
    }

    private Power power() {
        return switch (power) {
            case "off" -> Power.OFF;
            case "reboot" -> Power.REBOOT;
            case "on", "none" -> Power.NONE;
            default ->
                throw new UsageException(
                        "--power " + power + ": no state is called so; these are: off, reboot, on, none");
        };
    }

    private ManualMachine.Display display() {
        if (vnc != null) {
            return new ManualMachine.Display.Vnc(vnc);
        }
        return silent || !MachineOptions.isTerminal() || serialLog.equals("stdio")
                ? new ManualMachine.Display.None()
                : new ManualMachine.Display.Curses();
    }

    private ManualMachine.Serial serial() {
        return switch (serialLog) {
            case "none" -> new ManualMachine.Serial.None();
            case "stdio" -> new ManualMachine.Serial.Terminal();
            default -> new ManualMachine.Serial.Log(Path.of(serialLog));
        };
    }
}
