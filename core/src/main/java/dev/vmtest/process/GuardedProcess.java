package dev.vmtest.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Hold one command under its guard; {@code guard.sh} says how the guard works. */
final class GuardedProcess implements Running {

    private final Command command;
    private final Process process;
    private final CompletableFuture<Integer> exit;

    GuardedProcess(Command command, Process process) {
        this.command = command;
        this.process = process;
        this.exit = process.onExit().thenApply(ended -> {
            // Whatever is left of its process group ends now, the guard included.
            request("EXITED");
            return ended.exitValue();
        });
    }

    @Override
    public Command command() {
        return command;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    @Override
    public void terminate(Duration grace) {
        if (isAlive() && !request("TERM")) {
            process.destroy();
        }
        CompletableFuture<?> escalation = CompletableFuture.runAsync(
                this::kill, CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS));
        var unused = exit.whenComplete((status, error) -> escalation.cancel(false));
    }

    @Override
    public void kill() {
        if (isAlive()) {
            // The guard ends the whole group; a command that was stopped before its guard stood hears nobody.
            var unused = request("KILL");
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            terminate();
        }
        exit.join();
    }

    /** Ask the guard for a signal; return false if the guard is gone (somebody killed it). */
    private boolean request(String signal) {
        OutputStream lifeline = process.getOutputStream();
        try {
            lifeline.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
            lifeline.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }
}
