package dev.vmtest.machine;

import dev.vmtest.process.Running;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.qmp.QmpClient;
import dev.vmtest.qmp.QmpEvent;
import dev.vmtest.qmp.QmpException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervise one QEMU. Its process, its QMP events, its console and its callers all put signals into
 * one queue, and one thread takes them out, so what happened first decides how the machine ended.
 */
final class QemuMachine implements Machine {

    private static final Logger LOG = LoggerFactory.getLogger(QemuMachine.class);

    /** How long the lines that explain a fatal one are waited for. */
    private static final Duration CONTEXT_GRACE = Duration.ofSeconds(1);

    /** How long QEMU may take to end once the guest is done or it was asked to quit. */
    private static final Duration QUIT_GRACE = Duration.ofSeconds(15);

    /** How long the rest of the console may take once QEMU is gone. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final List<String> commandLine;
    private final Running qemu;
    private final SerialLine serial;
    private final @Nullable AgentLine agent;
    private final TemporaryDirectory sockets;
    private final OutputTail output;
    private final Console console;
    private final Watchdog watchdog;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<MachineEnd> ended = new CompletableFuture<>();
    private final Thread consoleReader;
    private final Transfer transfer = new Transfer();
    private @Nullable QmpClient control;
    private volatile boolean isBeingSaved;

    QemuMachine(
            MachineRequest request,
            List<String> commandLine,
            Running qemu,
            SerialLine serial,
            @Nullable AgentLine agent,
            TemporaryDirectory sockets,
            OutputTail output,
            Ticker ticker) {
        this.commandLine = commandLine;
        this.qemu = qemu;
        this.serial = serial;
        this.agent = agent;
        this.sockets = sockets;
        this.output = output;
        this.console = new Console(ticker, request.listener(), serial.copy(), request.answers());
        this.watchdog =
                new Watchdog(request.limits().scaled(request.accelerator().timeoutScale()), ticker);
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
        AgentLine line = Objects.requireNonNull(agent, "a machine that is resumed has a line to its agent");
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
        String word = Objects.requireNonNull(agent, "a machine that is saved has a line to its agent")
                .await(patience);
        if (!word.equals("ready " + AgentOrders.VERSION)) {
            throw new MachineException("the machine's agent says: " + word);
        }
        isBeingSaved = true;
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
            start.run(client);
        } catch (QmpException | MachineException | RuntimeException failure) {
            boolean wasAlive = qemu.isAlive();
            qemu.kill();
            int gone = qemu.exit().join();
            release();
            throw notStarted(gone, wasAlive, failure);
        }
        Thread supervisor = new Thread(this::supervise, "machine-" + qemu.pid());
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private static void cont(QmpClient client) throws MachineException {
        Transfer.execute(client, "cont", Map.of(), COMMAND_TIMEOUT);
    }

    private MachineException notStarted(int status, boolean wasAlive, Exception failure) {
        String said = output.text();
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
            serial.follow(console, this::activity);
        } catch (AsynchronousCloseException closed) {
            LOG.debug("the console was closed before QEMU came");
        } catch (ClosedChannelException closed) {
            LOG.debug("the console was closed");
        } catch (IOException failure) {
            signals.add(new Signal.Broken("the serial console cannot be recorded: " + failure.getMessage()));
        }
    }

    private void supervise() {
        MachineEnd end;
        try {
            end = new Supervision().run();
        } catch (InterruptedException | RuntimeException unexpected) {
            LOG.error("supervising a machine failed", unexpected);
            end = new MachineEnd.HostTrouble(watchdog.elapsed(), "supervising it failed: " + unexpected);
        }
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
        serial.close();
        if (agent != null) {
            agent.close();
        }
        try {
            sockets.close();
        } catch (IOException failure) {
            LOG.warn("{}", failure.getMessage());
        }
    }

    /** Hold what the supervising thread knows. */
    private final class Supervision {

        /** Why the machine is to end or has ended; the first reason counts. */
        private @Nullable MachineEnd cause;

        /** When patience with a QEMU that should be ending is over. */
        private @Nullable Duration killAt;

        private @Nullable Duration quitAt;
        private @Nullable String shutdownReason;

        private MachineEnd run() throws InterruptedException {
            while (true) {
                Signal signal = signals.poll(Math.max(0, nextDeadline().toNanos()), TimeUnit.NANOSECONDS);
                if (signal instanceof Signal.Exited exited) {
                    return conclude(exited.status());
                }
                if (signal != null) {
                    take(signal);
                }
                checkDeadlines();
            }
        }

        private Duration nextDeadline() {
            Duration now = watchdog.elapsed();
            if (killAt != null) {
                return killAt.minus(now);
            }
            return quitAt != null ? quitAt.minus(now) : watchdog.remaining();
        }

        private void take(Signal signal) {
            if (signal instanceof Signal.Sign) {
                watchdog.sign();
                if (cause == null && quitAt == null && console.fatal().isPresent()) {
                    quitAt = watchdog.elapsed().plus(CONTEXT_GRACE);
                }
            } else if (signal instanceof Signal.Broken broken) {
                end(new MachineEnd.HostTrouble(watchdog.elapsed(), broken.reason()));
            } else if (signal instanceof Signal.Cancel && shutdownReason == null) {
                end(new MachineEnd.Cancelled(watchdog.elapsed()));
            } else if (signal instanceof Signal.Event event) {
                takeEvent(event);
            }
        }

        private void takeEvent(Signal.Event event) {
            LOG.debug("QMP event {} {}", event.name(), event.data());
            switch (event.name()) {
                case "SHUTDOWN" -> {
                    if (shutdownReason == null) {
                        shutdownReason = event.data().path("reason").asString("");
                    }
                    if (killAt == null) {
                        killAt = watchdog.elapsed().plus(QUIT_GRACE);
                    }
                }
                case "BLOCK_IO_ERROR" ->
                    end(new MachineEnd.HostTrouble(
                            watchdog.elapsed(),
                            event.data().path("operation").asString("") + " error on "
                                    + event.data().path("node-name").asString("") + ": "
                                    + event.data().path("reason").asString("")));
                // Nobody here stops a guest but to save it, and a shutdown is announced before its stop.
                case "STOP" -> {
                    if (shutdownReason == null && !isBeingSaved) {
                        end(new MachineEnd.HostTrouble(watchdog.elapsed(), stopReason()));
                    }
                }
                default -> {
                    // Other events say nothing about the end.
                }
            }
        }

        private String stopReason() {
            String said = output.text();
            return said.isEmpty() ? "QEMU stopped it by itself" : "QEMU stopped it by itself: " + said;
        }

        private void checkDeadlines() {
            Duration now = watchdog.elapsed();
            if (killAt != null && now.compareTo(killAt) >= 0) {
                LOG.warn("QEMU {} did not end by itself, killing it", qemu.pid());
                qemu.kill();
                killAt = now.plus(QUIT_GRACE);
            }
            if (cause != null || killAt != null) {
                return;
            }
            if (quitAt != null && now.compareTo(quitAt) >= 0) {
                console.fatal().ifPresent(finding -> end(new MachineEnd.Doomed(now, finding)));
                return;
            }
            watchdog.expired().ifPresent(limit -> end(new MachineEnd.TimedOut(now, limit, watchdog.allowed(limit))));
        }

        /** Note why the machine ends, and ask QEMU to quit. */
        private void end(MachineEnd reason) {
            if (cause != null) {
                return;
            }
            cause = reason;
            killAt = watchdog.elapsed().plus(QUIT_GRACE);
            if (control != null) {
                var unused = control.execute("quit").exceptionally(failure -> {
                    LOG.debug("QEMU took no quit", failure);
                    qemu.kill();
                    return null;
                });
            }
        }

        private MachineEnd conclude(int status) throws InterruptedException {
            consoleReader.join(DRAIN.toMillis());
            awaitLastEvent();
            drainSignals();
            Duration time = watchdog.elapsed();
            if (cause != null) {
                return withTime(cause, time);
            }
            Optional<ConsoleFinding> fatal = console.fatal();
            if (fatal.isPresent()) {
                return new MachineEnd.Doomed(time, fatal.get());
            }
            if (status != 0 || shutdownReason == null) {
                return new MachineEnd.QemuExited(time, status, output.text());
            }
            return switch (shutdownReason) {
                case "guest-shutdown" -> new MachineEnd.GuestShutdown(time);
                case "guest-reset" -> new MachineEnd.GuestReset(time);
                case "guest-panic" -> new MachineEnd.GuestPanic(time);
                default -> new MachineEnd.QemuExited(time, status, "ended by " + shutdownReason);
            };
        }

        /** Wait until the connection's end, behind which no event comes. */
        private void awaitLastEvent() throws InterruptedException {
            if (control == null) {
                return;
            }
            try {
                var unused = control.closed().get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException open) {
                LOG.warn("QEMU {} is gone but its QMP connection stays open", qemu.pid());
            }
        }

        /** Take the events that came before QEMU's end but behind it in the queue. */
        private void drainSignals() {
            for (Signal signal = signals.poll(); signal != null; signal = signals.poll()) {
                if (signal instanceof Signal.Event event && event.name().equals("SHUTDOWN")) {
                    takeEvent(event);
                }
            }
        }
    }

    private static MachineEnd withTime(MachineEnd end, Duration time) {
        if (end instanceof MachineEnd.Doomed doomed) {
            return new MachineEnd.Doomed(time, doomed.finding());
        }
        if (end instanceof MachineEnd.TimedOut late) {
            return new MachineEnd.TimedOut(time, late.limit(), late.allowed());
        }
        if (end instanceof MachineEnd.HostTrouble trouble) {
            return new MachineEnd.HostTrouble(time, trouble.reason());
        }
        return end instanceof MachineEnd.Cancelled ? new MachineEnd.Cancelled(time) : end;
    }
}
