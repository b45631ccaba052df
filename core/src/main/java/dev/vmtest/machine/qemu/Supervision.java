package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Console;
import dev.vmtest.machine.ConsoleFinding;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.process.Running;
import dev.vmtest.qmp.QmpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decide how a machine ends. Its process, its QMP events, its console and its callers all put signals
 * into one queue, and one thread takes them out, so what happened first decides.
 */
final class Supervision {

    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    /** How long the lines that explain a fatal one are waited for. */
    private static final Duration CONTEXT_GRACE = Duration.ofSeconds(1);

    /** How long QEMU may take to end once the guest is done or it was asked to quit. */
    private static final Duration QUIT_GRACE = Duration.ofSeconds(15);

    /** How long the rest of the console may take once QEMU is gone. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Running qemu;
    private final QmpClient control;
    private final Console console;
    private final Thread consoleReader;
    private final OutputTail output;
    private final Watchdog watchdog;
    private final ProcessorWatch processors;
    private final BlockingQueue<Signal> signals;
    private final boolean isAttended;
    private boolean isBeingSaved;

    /** Why the machine is to end or has ended; the first reason counts. */
    private @Nullable MachineEnd cause;

    /** When patience with a QEMU that should be ending is over. */
    private @Nullable Duration killAt;

    private @Nullable Duration quitAt;

    /** What QEMU is being asked since a limit has passed. */
    private @Nullable Inquiry inquiry;

    private @Nullable String shutdownReason;

    /**
     * Hold a QEMU that runs.
     *
     * @param control where it is asked to quit
     * @param output the end of what it says itself
     */
    record Program(Running qemu, QmpClient control, OutputTail output) {}

    /**
     * Prepare for a machine that runs.
     *
     * @param program what is supervised
     * @param processors measures QEMU when the guest gives a sign of life, and when it gives none
     * @param consoleReader ends when the console does
     * @param signals what happens to the machine, in its order
     * @param isAttended whether a person decides what a fatal text on the console means
     */
    Supervision(
            Program program,
            Console console,
            Thread consoleReader,
            Watchdog watchdog,
            ProcessorWatch processors,
            BlockingQueue<Signal> signals,
            boolean isAttended) {
        this.qemu = program.qemu();
        this.control = program.control();
        this.console = console;
        this.consoleReader = consoleReader;
        this.output = program.output();
        this.watchdog = watchdog;
        this.processors = processors;
        this.signals = signals;
        this.isAttended = isAttended;
    }

    /** Return how the machine ended, once QEMU is gone or supervising it failed. */
    MachineEnd run() {
        try {
            return follow();
        } catch (InterruptedException | RuntimeException unexpected) {
            LOG.error("supervising a machine failed", unexpected);
            return new MachineEnd.HostTrouble(watchdog.elapsed(), "supervising it failed: " + unexpected);
        }
    }

    private MachineEnd follow() throws InterruptedException {
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
        if (inquiry != null) {
            return inquiry.until().minus(now);
        }
        return quitAt != null ? quitAt.minus(now) : watchdog.remaining();
    }

    private void take(Signal signal) {
        if (signal instanceof Signal.Sign) {
            watchdog.sign();
            processors.sign();
            if (cause == null && quitAt == null && fatal().isPresent()) {
                quitAt = watchdog.elapsed().plus(CONTEXT_GRACE);
            }
        } else if (signal instanceof Signal.Answered answer) {
            takeAnswer(answer);
        } else if (signal instanceof Signal.Broken broken) {
            end(new MachineEnd.HostTrouble(watchdog.elapsed(), broken.reason()));
        } else if (signal instanceof Signal.Unheard unheard) {
            end(new MachineEnd.HostTrouble(watchdog.elapsed(), unheard.reason()));
        } else if (signal instanceof Signal.Saving) {
            isBeingSaved = true;
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

    private Optional<ConsoleFinding> fatal() {
        return isAttended ? Optional.empty() : console.fatal();
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
            fatal().ifPresent(finding -> end(new MachineEnd.Doomed(now, finding)));
            return;
        }
        inquire(now);
    }

    /** Ask QEMU how it is when a limit has passed, and end the machine when it does not answer. */
    private void inquire(Duration now) {
        Optional<MachineEnd.TimedOut.Limit> limit = watchdog.expired();
        if (limit.isEmpty()) {
            // The guest has spoken again while its QEMU was asked.
            inquiry = null;
            return;
        }
        if (inquiry == null) {
            Inquiry asked = new Inquiry(limit.get(), watchdog.allowed(limit.get()), now.plus(Inquiry.PATIENCE));
            inquiry = asked;
            var unused = control.execute("query-status")
                    .whenComplete((answer, failure) -> signals.add(
                            failure == null
                                    ? new Signal.Answered(
                                            asked, answer.path("status").asString(""), "")
                                    : new Signal.Answered(asked, "", String.valueOf(failure.getMessage()))));
        } else if (now.compareTo(inquiry.until()) >= 0) {
            unanswered(inquiry, "did not answer its control socket for " + Inquiry.PATIENCE.toSeconds() + " s");
        }
    }

    private void takeAnswer(Signal.Answered answer) {
        if (!answer.inquiry().equals(inquiry) || cause != null || killAt != null) {
            return;
        }
        if (answer.failure().isEmpty()) {
            end(answer.inquiry().answered(watchdog.elapsed(), answer.status(), processors.sinceSign()));
        } else {
            unanswered(answer.inquiry(), "could not be asked how it is: " + answer.failure());
        }
    }

    private void unanswered(Inquiry asked, String why) {
        end(asked.unanswered(watchdog.elapsed(), why, processors.state(), processors.sinceSign()));
        // Who does not answer does not quit either.
        qemu.kill();
    }

    /** Note why the machine ends, and ask QEMU to quit. */
    private void end(MachineEnd reason) {
        if (cause != null) {
            return;
        }
        cause = reason;
        killAt = watchdog.elapsed().plus(QUIT_GRACE);
        var unused = control.execute("quit").exceptionally(failure -> {
            LOG.debug("QEMU took no quit", failure);
            qemu.kill();
            return null;
        });
    }

    private MachineEnd conclude(int status) throws InterruptedException {
        consoleReader.join(DRAIN.toMillis());
        awaitLastEvent();
        drainSignals();
        Duration time = watchdog.elapsed();
        if (cause != null) {
            return withTime(cause, time);
        }
        Optional<ConsoleFinding> fatal = fatal();
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
        try {
            var unused = control.closed().get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException open) {
            LOG.warn("QEMU {} is gone but its QMP connection stays open", qemu.pid());
        }
    }

    /** Take what decides and came before QEMU's end but behind it in the queue. */
    private void drainSignals() {
        for (Signal signal = signals.poll(); signal != null; signal = signals.poll()) {
            if (signal instanceof Signal.Event event && event.name().equals("SHUTDOWN")) {
                takeEvent(event);
            } else if (signal instanceof Signal.Unheard) {
                take(signal);
            }
        }
    }

    private static MachineEnd withTime(MachineEnd end, Duration time) {
        if (end instanceof MachineEnd.Doomed doomed) {
            return new MachineEnd.Doomed(time, doomed.finding());
        }
        if (end instanceof MachineEnd.TimedOut late) {
            return new MachineEnd.TimedOut(time, late.limit(), late.allowed(), late.qemu());
        }
        if (end instanceof MachineEnd.HostTrouble trouble) {
            return new MachineEnd.HostTrouble(time, trouble.reason());
        }
        return end instanceof MachineEnd.Cancelled ? new MachineEnd.Cancelled(time) : end;
    }
}
