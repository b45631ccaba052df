package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleListener;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.Machines;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Find out what can execute guests on this host, by executing one.
 *
 * <p>A {@code /dev/kvm} that opens proves little: there are hosts where firmware runs under it and a
 * 64-bit kernel dies or spins. So a kernel is booted with an init of a few bytes ({@link TinyInit});
 * only when that says its word and powers off is KVM used. The answer is remembered until the host
 * boots again or one of QEMU, CPU and kernel changes.
 */
public final class Accelerators {

    /** For KVM, where a kernel is at its init within a second; the host may be busy. */
    private static final Limits PROBE_LIMITS =
            new Limits(Duration.ofSeconds(8), Duration.ofSeconds(4), Duration.ofSeconds(4));

    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);
    private static final int MEMORY = 512;
    private static final String VERSION_PREFIX = "QEMU emulator version ";

    private static final String EMULATOR = Platform.of(Architecture.host()).emulator();

    private final Processes processes;
    private final Machines machines;
    private final Path temporaryParent;
    private final AcceleratorCache cache;
    private final Path device;

    /**
     * Make it for this host.
     *
     * @param temporaryParent where the probe's directory is made
     * @param cacheDirectory where the answer is remembered, made when it is missing
     */
    public Accelerators(Processes processes, Machines machines, Path temporaryParent, Path cacheDirectory) {
        this(processes, machines, temporaryParent, cacheDirectory, Path.of("/dev/kvm"));
    }

    Accelerators(Processes processes, Machines machines, Path temporaryParent, Path cacheDirectory, Path device) {
        this.processes = processes;
        this.machines = machines;
        this.temporaryParent = temporaryParent;
        this.cache = new AcceleratorCache(cacheDirectory.resolve("accelerator.json"));
        this.device = device;
    }

    /**
     * Choose the accelerator for this host.
     *
     * @param kernel a 64-bit Linux kernel of the kind that guests will run
     * @throws MachineException when QEMU is missing or the kernel can't be read
     */
    public Accelerator choose(Path kernel) throws MachineException {
        String version = qemuVersion();
        if (!Files.exists(device)) {
            return Accelerator.tcg("this host has no " + device);
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return Accelerator.tcg("no permission to open " + device + "; join the group kvm");
        }
        if (!TinyInit.isFor(Architecture.host())) {
            return Accelerator.kvm(device + " can be opened; no guest was tried, for on "
                    + Architecture.host().debianName() + " there is no init to try one with");
        }
        String key = cache.key(version, kernel);
        Optional<Accelerator> known = cache.read(key);
        if (known.isPresent()) {
            return known.get();
        }
        Accelerator answer = probe(kernel);
        cache.write(key, answer);
        return answer;
    }

    private Accelerator probe(Path kernel) throws MachineException {
        Optional<String> obstacle = obstacle(Accelerator.kvm("being tried"), kernel);
        if (obstacle.isEmpty()) {
            return Accelerator.kvm("a 64-bit kernel reached its init under it");
        }
        // That KVM is to blame follows only when the same probe succeeds without it.
        Accelerator emulation = Accelerator.tcg("KVM does not work here: " + obstacle.get());
        Optional<String> other = obstacle(emulation, kernel);
        if (other.isPresent()) {
            throw new MachineException("the kernel " + kernel + " boots neither under KVM (" + obstacle.get()
                    + ") nor under TCG (" + other.get() + ")");
        }
        return emulation;
    }

    /**
     * Return QEMU's version as it prints it.
     *
     * @throws MachineException when QEMU is missing or doesn't say
     */
    public String qemuVersion() throws MachineException {
        try {
            String said = processes
                    .run(Command.of(EMULATOR, "--version"), VERSION_TIMEOUT)
                    .requireSuccess()
                    .stdout();
            String line = said.lines().findFirst().orElse("");
            if (!line.startsWith(VERSION_PREFIX)) {
                throw new MachineException(EMULATOR + " --version says something unexpected: " + line);
            }
            return line.substring(VERSION_PREFIX.length());
        } catch (ProcessException failure) {
            throw new MachineException("QEMU cannot be used", failure);
        }
    }

    /**
     * Boot a kernel to the tiny init under an accelerator and say what prevented it.
     *
     * @return empty when the kernel reached its init and powered off
     * @throws MachineException when the probe itself can't be made on this host
     */
    Optional<String> obstacle(Accelerator accelerator, Path kernel) throws MachineException {
        if (!Files.isReadable(kernel)) {
            throw new MachineException("the kernel to probe the accelerator with cannot be read: " + kernel);
        }
        try (TemporaryDirectory directory = TemporaryDirectory.create(temporaryParent, "vmtest-probe-")) {
            Path initrd = directory.path().resolve("initrd");
            TinyInit.write(initrd, Architecture.host());
            return boot(request(accelerator, kernel, initrd, directory.path()));
        } catch (IOException failure) {
            throw new MachineException("cannot prepare the probe of the accelerator", failure);
        }
    }

    private Optional<String> boot(MachineRequest request) {
        try (Machine machine = machines.start(request)) {
            MachineEnd end = machine.ended().join();
            boolean reached = machine.console().recentLines().stream()
                    .anyMatch(line -> line.text().contains(TinyInit.MARKER));
            if (end instanceof MachineEnd.GuestShutdown) {
                return reached ? Optional.empty() : Optional.of("the kernel powered off before its init ran");
            }
            // It stands in the first line of each run: what QEMU measured is for those who look into a test.
            return Optional.of(end instanceof MachineEnd.TimedOut late ? late.passed() : end.summary());
        } catch (MachineException failure) {
            // Everything but the accelerator has been seen to work or is named in the message.
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    private static MachineRequest request(Accelerator accelerator, Path kernel, Path initrd, Path directory) {
        List<String> commandLine = List.of("console=" + Architecture.host().serialDevice(), "panic=-1");
        return new MachineRequest(
                new MachineSpec(1, MEMORY, Firmware.BIOS, List.of(), List.of()),
                new Boot(new Boot.DirectKernel(kernel, initrd, commandLine), List.of(), null),
                accelerator,
                MachineFiles.in(directory, null),
                PROBE_LIMITS,
                Dialogue.listening(ConsoleListener.NONE));
    }
}
