package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Boot;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Start machines with the QEMU of this host.
 *
 * <pre>{@code
 * Machines machines = new QemuMachines(processes, temporaryDirectory, Ticker.SYSTEM, clock);
 * try (Machine machine = machines.start(request)) {
 *     switch (machine.ended().join()) {
 *         case MachineEnd.GuestShutdown good -> …
 *     }
 * }
 * }</pre>
 */
public final class QemuMachines implements Machines, Savers {

    /** How long QEMU may take from its start until it answers. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    /** The longest path of a unix socket: {@code sun_path} has 108 bytes, one of them the end (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    /** How long a resumed machine may take for each step to its user-data, and half of a boot that is saved. */
    private static final Duration AGENT_PATIENCE = Duration.ofSeconds(15);

    private static final String CONTROL = "qmp";
    private static final Path SHORT_PARENT = Path.of("/tmp");

    private final Processes processes;
    private final Path temporaryParent;
    private final Ticker ticker;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Make it.
     *
     * @param temporaryParent where directories for sockets are made; when its path is too long for a
     *     socket, {@code /tmp} takes its place
     * @param clock the time that a resumed machine is given
     */
    public QemuMachines(Processes processes, Path temporaryParent, Ticker ticker, InstantSource clock) {
        this.processes = processes;
        this.temporaryParent = temporaryParent;
        this.ticker = ticker;
        this.clock = clock;
    }

    @Override
    public Machine start(MachineRequest request) throws MachineException {
        if (!request.segments().isEmpty() && request.boot().way() instanceof Boot.Way.Resume) {
            throw new MachineException(
                    "a machine that is resumed fetches its seed from the host, which no segment of its own leads to");
        }
        return inDirectory(request, (machine, sockets) -> {
            Path control = sockets.resolve(CONTROL);
            if (request.boot().way() instanceof Boot.Way.Resume resume) {
                Duration patience = patience(request);
                machine.resume(
                        control,
                        HANDSHAKE,
                        resume.snapshot().state(),
                        QemuArguments.plugged(request.spec(), request.files().diskDirectory()),
                        () -> AgentOrders.line(request.spec(), resume.commandLine(), clock, random, patience),
                        patience);
            } else {
                machine.begin(control, HANDSHAKE);
            }
        });
    }

    @Override
    public void save(MachineRequest request, Path state) throws MachineException {
        try (QemuMachine machine =
                inDirectory(request, (started, sockets) -> started.begin(sockets.resolve(CONTROL), HANDSHAKE))) {
            machine.save(state, patience(request).multipliedBy(2));
        }
    }

    private static Duration patience(MachineRequest request) {
        return Duration.ofMillis(
                Math.round(AGENT_PATIENCE.toMillis() * request.accelerator().timeoutScale()));
    }

    /** Begin to run a machine. */
    @FunctionalInterface
    private interface Beginning {
        void run(QemuMachine machine, Path sockets) throws MachineException;
    }

    private QemuMachine inDirectory(MachineRequest request, Beginning beginning) throws MachineException {
        requireFiles(request);
        TemporaryDirectory sockets = socketDirectory();
        try {
            QemuMachine machine = launch(request, sockets);
            beginning.run(machine, sockets.path());
            return machine;
        } catch (MachineException | RuntimeException failure) {
            closeQuietly(sockets, failure);
            throw failure;
        }
    }

    @Override
    public List<String> commandLine(MachineRequest request) throws MachineException {
        List<String> line = new ArrayList<>(QemuArguments.build(request, Wiring.terminal()));
        line.set(0, processes.typed(line.get(0)));
        return line;
    }

    private QemuMachine launch(MachineRequest request, TemporaryDirectory sockets) throws MachineException {
        Path serialSocket = sockets.path().resolve("serial");
        Path agentSocket = sockets.path().resolve("agent");
        boolean hasAgent = !(request.boot().way() instanceof Boot.Way.Full);
        List<Path> segmentSockets = IntStream.range(0, request.segments().size())
                .mapToObj(index -> sockets.path().resolve("net" + index))
                .toList();
        List<String> commandLine = QemuArguments.build(
                request,
                new Wiring(
                        new Wiring.Serial.Socket(serialSocket),
                        sockets.path().resolve(CONTROL),
                        hasAgent ? agentSocket : null,
                        request.dialogue().attendance() == null
                                ? null
                                : request.dialogue().attendance().vnc(),
                        segmentSockets));
        long logStart = size(request.files().qemuLog());
        SerialLine serial = SerialLine.listen(serialSocket, request.files().serialLog());
        AgentLine agent = null;
        List<SegmentLine> segments = new ArrayList<>();
        try {
            agent = hasAgent ? AgentLine.listen(agentSocket) : null;
            for (Path socket : segmentSockets) {
                segments.add(SegmentLine.listen(socket));
            }
            Running qemu = processes.start(command(commandLine), request.files().qemuLog());
            OutputTail output = new OutputTail(request.files().qemuLog(), logStart);
            return new QemuMachine(
                    request, commandLine, qemu, new GuestLines(serial, agent, segments), sockets, output, ticker);
        } catch (ProcessException | MachineException failure) {
            serial.close();
            if (agent != null) {
                agent.close();
            }
            segments.forEach(SegmentLine::close);
            throw new MachineException("cannot start the machine", failure);
        }
    }

    /** The kernel's command line names the place of the guest's seed, which is nobody else's. */
    private static Command command(List<String> commandLine) {
        int append = commandLine.indexOf("-append");
        if (append < 0) {
            return Command.of(commandLine);
        }
        return Command.of(commandLine.subList(0, append + 1))
                .with(new Secret(commandLine.get(append + 1)))
                .with(commandLine.subList(append + 2, commandLine.size()).toArray(String[]::new));
    }

    private static void requireFiles(MachineRequest request) throws MachineException {
        Boot.DirectKernel kernel = request.boot().kernel();
        if (kernel != null) {
            requireReadable("kernel", kernel.kernel());
            requireReadable("initrd", kernel.initrd());
        }
        if (request.boot().way() instanceof Boot.Way.Resume resume) {
            requireReadable("snapshot", resume.snapshot().state());
        }
        for (DiskSpec disk : request.spec().disks()) {
            requireReadable(
                    "disk " + disk.name(), request.files().diskDirectory().resolve(disk.fileName()));
        }
        for (Boot.Drive drive : request.boot().drives()) {
            requireReadable("drive " + drive.serial(), drive.file());
        }
    }

    private static void requireReadable(String what, Path file) throws MachineException {
        if (!Files.isReadable(file)) {
            throw new MachineException("the file of the " + what + " is missing or cannot be read: " + file);
        }
    }

    private TemporaryDirectory socketDirectory() throws MachineException {
        try {
            TemporaryDirectory directory = TemporaryDirectory.create(temporaryParent, "vmtest-");
            if (directory.path().resolve("serial").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                    <= LONGEST_SOCKET_PATH) {
                return directory;
            }
            directory.close();
            return TemporaryDirectory.create(SHORT_PARENT, "vmtest-");
        } catch (IOException failure) {
            throw new MachineException("cannot make a directory for the machine's sockets", failure);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }

    private static void closeQuietly(TemporaryDirectory directory, Exception cause) {
        try {
            directory.close();
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }
}
