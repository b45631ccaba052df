package dev.vmtest.cli;

import dev.vmtest.launch.LaunchException;
import dev.vmtest.launch.ManualBoots;
import dev.vmtest.launch.ManualMachine;
import dev.vmtest.launch.NicArguments;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineException;
import dev.vmtest.process.Command;
import dev.vmtest.release.Architecture;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Hold the options that {@code launch} and {@code xkvm} share, with the meanings of the Python harness's tools. */
final class MachineOptions {

    /** What is left of -nographic behind -n. */
    private static final String NOGRAPHIC = "ographic";

    @Option(
            names = {"-n", "--netdev"},
            paramLabel = "NETDEV",
            description =
                    "Network interface: BRIDGE or user, then ,KEY=VALUE: mac= (an address, its end, auto or random),"
                            + " model=, and whatever the device or its backend takes. May be repeated. Without any: one on"
                            + " CURTIN_VMTEST_BRIDGE, or on user networking.")
    private List<String> netdevs = List.of();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Option(
            names = "--dowait",
            negatable = true,
            defaultValue = Option.NULL_VALUE,
            description =
                    "Keep the terminal from the guest, so that Ctrl-C ends all at once, or with --no-dowait give it"
                            + " to the guest. Without either: to the guest if there is one.")
    private @Nullable Boolean dowait;

    @Option(names = "--no-reboot", description = "End when the guest restarts, instead of starting it again.")
    private boolean noReboot;

    @Option(
            names = "--uefi-nvram",
            paramLabel = "FILE",
            description = "Start by UEFI, whose variables are kept in FILE; made if it is not there.")
    private @Nullable Path uefiNvram;

    @Option(names = "--bios", paramLabel = "FILE", description = "Start with this firmware instead.")
    private @Nullable Path bios;

    @Option(
            names = {"-A", "--arch"},
            paramLabel = "ARCH",
            converter = Architectures.class,
            description = "Architecture of the guest, such as arm64; the host's otherwise.")
    private @Nullable Architecture architecture;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more: what executes the guest, and why.")
    private boolean[] verbose = {};

    /** Read an architecture. */
    static final class Architectures implements ITypeConverter<Architecture> {

        @Override
        public Architecture convert(String name) {
            try {
                return Architecture.of(name);
            } catch (MistakeException unknown) {
                throw new TypeConversionException(String.valueOf(unknown.getMessage()));
            }
        }
    }

    /** Return the network interfaces as an emulator takes them. */
    List<ManualMachine.Nic> nics(ManualBoots boots, String emulator) throws LaunchException {
        if (netdevs.contains(NOGRAPHIC)) {
            throw new UsageException("-nographic is an option of QEMU, and is read here as -n ographic; 'vmtest xkvm'"
                    + " takes it after --, 'vmtest launch' has --silent");
        }
        NicArguments reader = boots.nics(architecture(), emulator);
        List<ManualMachine.Nic> nics = new ArrayList<>();
        for (String text : netdevs.isEmpty() ? List.of(boots.usualBridge()) : netdevs) {
            nics.add(reader.of(text, nics.size()));
        }
        return nics;
    }

    boolean isDryRun() {
        return dryRun.isGiven();
    }

    boolean reboots() {
        return !noReboot;
    }

    Architecture architecture() {
        return architecture == null ? Architecture.host() : architecture;
    }

    /**
     * Return what starts the machine.
     *
     * @param uefi whether UEFI is asked for without a place for its variables
     */
    ManualMachine.Firmware firmware(ManualBoots boots, boolean uefi, boolean isKernelGiven) throws MachineException {
        Path flash = bios;
        if (flash != null) {
            if (uefi || uefiNvram != null) {
                throw new UsageException("--bios and UEFI exclude each other");
            }
            return new ManualMachine.Firmware.Flash(existing("--bios", flash));
        }
        boolean isUsual = Firmware.usual(architecture()) == Firmware.UEFI && !isKernelGiven;
        return uefi || uefiNvram != null || isUsual
                ? boots.uefi(architecture(), uefiNvram, dryRun.isGiven())
                : new ManualMachine.Firmware.Usual();
    }

    static Path existing(String option, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException(option + " " + file + ": no such file that can be read");
        }
        return file;
    }

    /** Refuse what can be no disk image; one that is not there yet can be made in a directory that is there. */
    static void requireImage(String text, Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new UsageException("--disk " + text + ": " + file + " is a directory; name an image file, such as "
                    + file.resolve("disk.img"));
        }
        if (parent != null && !Files.isDirectory(parent)) {
            throw new UsageException("--disk " + text + ": there is no directory " + parent + " for it; make it first");
        }
    }

    /** Say whether a person sits at the terminal: whether standard input and output are one. */
    static boolean isTerminal() {
        return isTerminal(0) && isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString()
                    .matches("/dev/(pts/[0-9]+|tty.*|console)");
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Run the machine, or only print how. */
    int run(ManualBoots boots, ManualMachine machine, Invocation invocation) throws Exception {
        Command command = boots.command(machine);
        PrintStream said = dryRun.isGiven() ? invocation.out() : invocation.err();
        if (verbose.length > 0) {
            invocation.err().println("vmtest: " + boots.execution(machine));
        }
        said.println(command.toShell());
        said.flush();
        if (dryRun.isGiven()) {
            return ExitStatus.SUCCESS;
        }
        return boots.run(machine, command, dowait == null ? !isTerminal() : dowait);
    }
}
