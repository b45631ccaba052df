package dev.vmtest.machine.qemu;

import dev.vmtest.machine.AgentSilentException;
import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.Console;
import dev.vmtest.machine.ConsoleTerminal;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.ProcessorShare;
import dev.vmtest.machine.Segment;
import dev.vmtest.machine.SnapshotRefusedException;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.ProcessorTime;
import dev.vmtest.process.Running;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.qmp.QmpClient;
import dev.vmtest.qmp.QmpEvent;
import dev.vmtest.qmp.QmpException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold one QEMU with its console, its control socket and its line to the agent from its start until
 * nothing of it is left; {@link Supervision} decides how it ended.
 */
final class QemuMachine implements Machine {

    private static final Logger LOG = LoggerFactory.getLogger(QemuMachine.class);

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final List<String> commandLine;
    private final Running qemu;
    private final GuestLines lines;
    private final List<Segment> segments;
    private final TemporaryDirectory sockets;
    private final OutputTail output;
    private final Console console;
    private final Watchdog watchdog;
    private final ProcessorWatch processors;
    private final @Nullable Attendance attendance;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<MachineEnd> ended = new CompletableFuture<>();
    private final Thread consoleReader;
    private final Transfer transfer = new Transfer();
    private @Nullable QmpClient control;

    QemuMachine(
            MachineRequest request,
            List<String> commandLine,
            Running qemu,
            GuestLines lines,
            TemporaryDirectory sockets,
            OutputTail output,
            Ticker ticker) {
        this.commandLine = commandLine;
        this.qemu = qemu;
        this.lines = lines;
        this.segments = request.segments();
        this.sockets = sockets;
        this.output = output;
        this.console = new Console(
                ticker,
                request.dialogue().listener(),
                lines.serial().copy(),
                request.dialogue().fatal(),
                request.dialogue().answers());
        this.attendance = request.dialogue().attendance();
        this.watchdog = new Watchdog(
                attendance == null
                        ? request.limits().scaled(request.accelerator().timeoutScale())
                        : Limits.none(),
                ticker);
        this.processors =
                new ProcessorWatch(() -> qemu.isAlive() ? ProcessorTime.of(qemu.pid()) : Optional.empty(), ticker);
        this.consoleReader = new Thread(this::followConsole, "console-" + qemu.pid());
    }

    /**
     * Connect to QEMU, let the guest run and supervise it from now on.
     *
     * @throws MachineException when QEMU doesn't answer; it is gone then
     */
    void begin(Path controlSocket, Duration handshake) throws MachineException {
        begin(controlSocket, handshake, client -> cont(client));
    }

    /**
     * Connect to QEMU, fill it with a snapshot, plug in the hardware, let the guest run until its agent
     * says that user-data is about to run, and supervise it from now on.
     *
     * @param state the snapshot's file
     * @param hardware what is plugged in
     * @param orders what the agent is told; asked for when the guest runs, for it holds the time
     * @param patience how long each step may take
     * @throws MachineException when any of it fails; QEMU is gone then, and the disks are as they were
     */
    void resume(
            Path controlSocket,
            Duration handshake,
            Path state,
            List<HardwarePart> hardware,
            Supplier<String> orders,
            Duration patience)
            throws MachineException {
        AgentLine line = Objects.requireNonNull(lines.agent(), "a machine that is resumed has a line to its agent");
        begin(controlSocket, handshake, client -> {
            transfer.load(client, qemu.exit(), state, patience);
            for (HardwarePart part : hardware) {
                Transfer.execute(client, part.kind().command(), part.arguments(), patience);
            }
            cont(client);
            line.send(orders.get(), patience);
            String answer = line.await(patience);
            if (!answer.equals("started")) {
                throw new MachineException("the machine's agent says: " + answer);
            }
        });
    }

    /**
     * Wait until the agent says that the machine can be saved, and save it. The machine doesn't go on
     * after this: close it.
     *
     * @param patience how long the boot may take, and then the saving
     * @throws MachineException when it doesn't come that far or the file can't be written
     */
    void save(Path state, Duration patience) throws MachineException {
        QmpClient client = Objects.requireNonNull(control, "begin comes first");
        String word = Objects.requireNonNull(lines.agent(), "a machine that is saved has a line to its agent")
                .await(patience);
        if (!word.equals("ready " + AgentOrders.VERSION)) {
            throw new MachineException("the machine's agent says: " + word);
        }
        signals.add(new Signal.Saving());
        Transfer.execute(client, "stop", Map.of(), COMMAND_TIMEOUT);
        transfer.save(client, qemu.exit(), state, patience);
    }

    /** Do what a machine's start needs once QEMU listens. */
    @FunctionalInterface
    private interface Start {
        void run(QmpClient client) throws MachineException;
    }

    private void begin(Path controlSocket, Duration handshake, Start start) throws MachineException {
        consoleReader.setDaemon(true);
        consoleReader.start();
        var unused = qemu.exit().thenAccept(status -> signals.add(new Signal.Exited(status)));
        try {
            QmpClient client = QmpClient.connect(controlSocket, handshake, qemu.exit(), this::event);
            control = client;
            connectSegments(client);
            start.run(client);
        } catch (QmpException | MachineException | RuntimeException failure) {
            boolean wasAlive = qemu.isAlive();
            boolean hadTime =
                    processors.sinceStart().map(ProcessorShare::isQuiet).orElse(false);
            qemu.kill();
            int gone = qemu.exit().join();
            release();
            throw notStarted(gone, wasAlive, hadTime, failure);
        }
        Supervision supervision = new Supervision(
                new Supervision.Program(qemu, Objects.requireNonNull(control), output),
                console,
                consoleReader,
                watchdog,
                processors,
                signals,
                attendance != null);
        ConsoleTerminal terminal = terminal();
        if (terminal != null) {
            terminal.attach(new Keyboard());
        }
        Thread supervisor = new Thread(() -> supervise(supervision), "machine-" + qemu.pid());
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void connectSegments(QmpClient client) {
        for (int index = 0; index < segments.size(); index++) {
            String netdev = Hardware.netdev(index);
            lines.segments()
                    .get(index)
                    .follow(
                            netdev + "-" + qemu.pid(),
                            segments.get(index),
                            isThere -> carrier(client, netdev, isThere),
                            signals::add);
        }
    }

    /** Called on a segment's own thread, which may wait. */
    private static void carrier(QmpClient client, String netdev, boolean isThere) {
        try {
            Transfer.execute(client, "set_link", Map.of("name", netdev, "up", isThere), COMMAND_TIMEOUT);
        } catch (MachineException gone) {
            LOG.debug("the carrier of {} stays as it was", netdev, gone);
        }
    }

    private static void cont(QmpClient client) throws MachineException {
        Transfer.execute(client, "cont", Map.of(), COMMAND_TIMEOUT);
    }

    /** An agent that the host gave no time is not to be blamed for its silence, nor is its snapshot. */
    static MachineException silence(String message, boolean hadTime) {
        return hadTime ? new AgentSilentException(message) : new MachineException(message);
    }

    private MachineException notStarted(int status, boolean wasAlive, boolean hadTime, Exception failure) {
        String said = output.text();
        if (failure instanceof SnapshotRefusedException refused) {
            return said.isEmpty()
                    ? refused
                    : new SnapshotRefusedException(refused.getMessage() + "; QEMU says: " + said);
        }
        if (wasAlive && failure instanceof AgentSilentException silent) {
            String message = silent.getMessage() + (said.isEmpty() ? "" : "; QEMU says: " + said);
            return silence(message, hadTime);
        }
        if (wasAlive && failure instanceof MachineException known) {
            return said.isEmpty() ? known : new MachineException(known.getMessage() + "; QEMU says: " + said);
        }
        return said.isEmpty()
                ? new MachineException("QEMU could not start the machine (status " + status + ")", failure)
                : new MachineException("QEMU could not start the machine: " + said);
    }

    @Override
    public CompletableFuture<MachineEnd> ended() {
        return ended.copy();
    }

    @Override
    public void activity() {
        signals.add(new Signal.Sign());
    }

    @Override
    public void cancel() {
        signals.add(new Signal.Cancel());
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public Optional<ProcessorShare> processors() {
        return processors.sinceStart();
    }

    @Override
    public List<String> commandLine() {
        return commandLine;
    }

    @Override
    public void close() {
        cancel();
        var unused = ended.join();
    }

    private void event(QmpEvent event) {
        transfer.event(event);
        signals.add(new Signal.Event(event.name(), event.data()));
    }

    private void followConsole() {
        try {
            lines.serial().follow(console, terminal(), this::activity);
        } catch (AsynchronousCloseException closed) {
            LOG.debug("the console was closed before QEMU came");
        } catch (ClosedChannelException closed) {
            LOG.debug("the console was closed");
        } catch (IOException failure) {
            signals.add(new Signal.Broken("the serial console cannot be recorded: " + PlainTrouble.of(failure)));
        } catch (RuntimeException | Error defect) {
            // Nobody hears the guest from here on, so that its silence would be taken for its own.
            LOG.error("a listener of the console failed", defect);
            signals.add(new Signal.Unheard("what listens to the serial console failed: " + defect));
        }
    }

    private @Nullable ConsoleTerminal terminal() {
        return attendance == null ? null : attendance.terminal();
    }

    /** Bring the keys of a person to the machine. */
    private final class Keyboard implements ConsoleTerminal.Keys {

        @Override
        public void type(byte[] bytes) {
            try {
                lines.serial().type(bytes);
            } catch (IOException gone) {
                LOG.debug("nobody reads what is typed", gone);
            }
        }

        @Override
        public void powerButton() {
            QmpClient client = control;
            if (client != null) {
                var unused = client.execute("system_powerdown").exceptionally(failure -> {
                    LOG.debug("the power button does nothing", failure);
                    return null;
                });
            }
        }

        @Override
        public void leave() {
            cancel();
        }
    }

    private void supervise(Supervision supervision) {
        MachineEnd end = supervision.run();
        if (qemu.isAlive()) {
            qemu.kill();
            var unused = qemu.exit().join();
        }
        release();
        ended.complete(end);
    }

    private void release() {
        if (control != null) {
            control.close();
        }
        lines.close();
        try {
            sockets.close();
        } catch (IOException failure) {
            LOG.warn("{}", PlainTrouble.of(failure));
        }
    }
}
