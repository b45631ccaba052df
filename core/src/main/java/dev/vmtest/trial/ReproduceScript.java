package dev.vmtest.trial;

import dev.vmtest.machine.Boot;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.Machines;
import dev.vmtest.process.Command;
import dev.vmtest.text.TextResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Write the script that repeats a boot by hand, with the guest's console on the terminal.
 *
 * <p>It can be run as a file, also where the test's directory was moved to, or pasted into a shell. It
 * changes nothing that the test left: disks are made or copied below {@link Workspace#REPEAT}.
 */
final class ReproduceScript {

    private static final String LIBRARY = library();

    private final MachineRequest request;
    private final Workspace workspace;
    private final Served served;
    private final Machines machines;
    private final List<String> lines = new ArrayList<>();

    /**
     * Say what the guest fetches from the host.
     *
     * @param port the port that its kernel command line and its documents name; 0 if it fetches nothing
     * @param files files by their path on the server, which begins with a slash
     */
    record Served(int port, Map<String, Path> files) {

        static final Served NOTHING = new Served(0, Map.of());

        Served {
            files = new LinkedHashMap<>(files);
        }
    }

    private ReproduceScript(MachineRequest request, Workspace workspace, Served served, Machines machines) {
        this.request = request;
        this.workspace = workspace;
        this.served = served;
        this.machines = machines;
    }

    /** Return the script of a boot; the machines tell by which command. */
    static String of(MachineRequest request, Workspace workspace, Served served, Machines machines)
            throws MachineException {
        return new ReproduceScript(request, workspace, served, machines).text();
    }

    private String text() throws MachineException {
        Boot boot = repeated(request.boot().full());
        boolean isInstall = boot.kernel() != null;
        call("mkdir", "-p", Workspace.REPEAT);
        if (isInstall) {
            addInstall(boot);
        } else {
            addInstalled();
        }
        for (Boot.Drive drive : request.boot().drives()) {
            if (drive.kind() == Boot.Drive.Kind.WRITABLE) {
                call("empty_disk", name(drive.file()), Long.toString(BootPhase.OUTPUT_DISK_SIZE));
            } else {
                call("need", here(drive.file()).toString());
            }
        }
        served.files()
                .forEach((path, file) ->
                        call("publish", path.substring(1), here(file).toString()));
        if (served.port() != 0) {
            call("serve", Integer.toString(served.port()));
        }
        lines.add("# The boot itself; Ctrl-a x ends it.");
        call(machines.commandLine(request.with(boot, Path.of(Workspace.REPEAT))).toArray(String[]::new));
        return """
                #!/bin/sh
                %s
                (
                set -eu
                case $0 in
                *-command.sh) cd "$(dirname "$0")/.." ;;
                *) %s ;;
                esac

                %s
                %s
                )
                """.formatted(
                        about(isInstall),
                        Command.of("cd", workspace.directory().toAbsolutePath().toString())
                                .toShell(),
                        LIBRARY,
                        String.join("\n", lines));
    }

    private String about(boolean isInstall) {
        String what = isInstall ? """
                # Repeats the install on empty disks, with the guest's console on the terminal.""" : """
                # Repeats the boot of the installed system, with the guest's console on the terminal: of the
                # system that logs/install-command.sh installed, or else of a copy of what the test installed.
                # The guest collects and powers off at its first boot only.""";
        String way = request.boot().way() instanceof Boot.Way.Resume
                ? "\n# The test resumed its install environment from a snapshot; here it is booted in full."
                : "";
        String network = request.segments().isEmpty()
                ? ""
                : "\n# At the test somebody was at the other end of its network; here its NICs are as the machine describes them.";
        return what + way + network + """

                # Run this file, or paste it. It writes to %s/ only; remove that to begin again.""".formatted(Workspace.REPEAT);
    }

    private void addInstall(Boot boot) throws MachineException {
        Boot.DirectKernel kernel = Objects.requireNonNull(boot.kernel());
        call("need", kernel.kernel().toString(), kernel.initrd().toString());
        for (DiskSpec disk : request.spec().disks()) {
            call("empty_disk", disk.fileName(), Long.toString(disk.size()));
        }
        if (request.spec().firmware() == Firmware.UEFI) {
            call(
                    "empty_variables",
                    FirmwareFiles.find(request.spec().architecture())
                            .variables()
                            .toString(),
                    name(workspace.firmwareVariables()));
        }
    }

    private void addInstalled() {
        List<String> names = request.spec().disks().stream()
                .map(DiskSpec::fileName)
                .collect(Collectors.toCollection(ArrayList::new));
        if (request.spec().firmware() == Firmware.UEFI) {
            names.add(name(workspace.firmwareVariables()));
        }
        names.add(0, "installed");
        call(names.toArray(String[]::new));
    }

    /** Return the boot with files as the script finds them. */
    private Boot repeated(Boot boot) {
        List<Boot.Drive> drives = boot.drives().stream()
                .map(drive -> new Boot.Drive(
                        drive.kind() == Boot.Drive.Kind.WRITABLE
                                ? Path.of(Workspace.REPEAT, name(drive.file()))
                                : here(drive.file()),
                        drive.serial(),
                        drive.kind()))
                .toList();
        return new Boot(
                boot.kernel(),
                drives,
                boot.firmwareVariables() == null ? null : Path.of(Workspace.REPEAT, name(boot.firmwareVariables())));
    }

    /** Return a file of the test's directory as it is called there, so that the directory can be moved. */
    private Path here(Path file) {
        Path directory = workspace.directory().toAbsolutePath();
        Path absolute = file.toAbsolutePath();
        return absolute.startsWith(directory) ? directory.relativize(absolute) : absolute;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private void call(String... words) {
        lines.add(Command.of(words).toShell());
    }

    private static String library() {
        return TextResource.beside(ReproduceScript.class, "repeat.sh");
    }
}
