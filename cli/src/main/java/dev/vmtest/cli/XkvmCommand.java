package dev.vmtest.cli;

import dev.vmtest.launch.DiskArguments;
import dev.vmtest.launch.ManualBoots;
import dev.vmtest.launch.ManualMachine;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.release.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Boot a machine of disks and network interfaces. */
@Command(
        name = "xkvm",
        description = {
            "Boots a machine of disks and network interfaces, and exits with QEMU's status.",
            "",
            "QEMU's command line is printed to standard error. What follows -- is passed to QEMU as it is.",
            "",
            "  vmtest xkvm --disk disks/main_disk.img --netdev user -- -m 2048 -nographic",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class XkvmCommand implements Callable<Integer> {

    /** What a guest gets without -m: QEMU's own 128 MiB boot nothing of today. */
    private static final int MEMORY = 1024;

    private static final Set<String> MEMORY_OPTIONS = Set.of("-m", "--m", "-memory", "--memory");

    private final Invocation invocation;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "KVM-ARG", arity = "0..*", description = "Arguments for QEMU; after --.")
    private List<String> further = List.of();

    @Option(
            names = {"-d", "--disk"},
            paramLabel = "DISK",
            description =
                    "Disk: file=F, then ,KEY=VALUE: driver= (virtio-blk, scsi-hd, nvme, …) or if=, format=, serial=,"
                            + " wwn=, bus=, unit=, and whatever the device or its drive takes. A comma in a value is doubled."
                            + " May be repeated.")
    private List<String> disks = List.of();

    @Option(names = "--uefi", description = "Start by UEFI; what the guest writes to its variables is lost.")
    private boolean uefi;

    @Option(names = "--kvm", paramLabel = "CMD", description = "The emulator's program.")
    private @Nullable String emulator;

    @Mixin
    private MachineOptions options = new MachineOptions();

    XkvmCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        if (!further.isEmpty() && further.get(0).equals("tap-control")) {
            throw new UsageException("tap-control is not needed: QEMU's own helper makes a tap device for each --netdev"
                    + " BRIDGE, and it vanishes with QEMU");
        }
        requireDashes();
        Architecture architecture = options.architecture();
        String program = emulator == null ? Platform.of(architecture).emulator() : emulator;
        try (ManualBoots boots = ManualBoots.open(invocation.surroundings())) {
            List<ManualMachine.Disk> attached = new ArrayList<>();
            DiskArguments reader = boots.disks(architecture, program);
            for (String text : disks) {
                ManualMachine.Disk disk = reader.xkvm(text);
                String name = disk.file().toString();
                int colon = name.lastIndexOf(':');
                if (!Files.exists(disk.file()) && colon > 0 && Files.exists(Path.of(name.substring(0, colon)))) {
                    throw new UsageException("--disk " + text + ": there is no " + name
                            + "; sizes and drivers after a colon are for 'vmtest launch'; write --disk "
                            + name.substring(0, colon));
                }
                if (!Files.exists(disk.file())) {
                    throw new UsageException("--disk " + text + ": there is no " + disk.file()
                            + "; 'qemu-img create -f raw " + disk.file() + " 10G' makes one");
                }
                MachineOptions.requireImage(text, disk.file());
                attached.add(disk);
            }
            List<ManualMachine.Nic> nics = options.nics(boots, program);
            boolean hasMemory = further.stream().anyMatch(MEMORY_OPTIONS::contains);
            ManualMachine machine = new ManualMachine(
                    architecture,
                    emulator,
                    0,
                    hasMemory ? 0 : MEMORY,
                    options.firmware(boots, uefi, false),
                    null,
                    attached,
                    nics,
                    new ManualMachine.Display.Usual(),
                    new ManualMachine.Serial.Usual(),
                    options.reboots(),
                    further);
            return options.run(boots, machine, invocation);
        }
    }

    /** A word without dashes before it was meant for vmtest, and so is every option behind it. */
    private void requireDashes() {
        List<String> written =
                Terminal.required(spec).commandLine().getParseResult().originalArgs();
        if (!further.isEmpty() && !written.contains("--")) {
            throw new UsageException("'" + further.get(0) + "' is one word too many; a disk is named by --disk "
                    + further.get(0) + ", and what is for QEMU stands after --");
        }
    }
}
