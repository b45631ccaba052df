package dev.vmtest.process;

import dev.vmtest.files.NewFile;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.TextResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run commands so that none outlives this JVM, however it ends.
 *
 * <p>Each command is the leader of its own session, and a small shell ({@code guard.sh}) in its process group holds the
 * reading end of a pipe whose other end only this JVM has. When the JVM is gone, even by {@code kill -9}, the guard
 * ends the group: TERM, {@value #GRACE_SECONDS} seconds, KILL. Ctrl-C on the terminal therefore reaches only the JVM.
 * A command that makes itself a daemon in yet another session escapes: start such programs in the foreground.
 *
 * <p>Closing terminates what still runs and waits for it; the same happens when the JVM shuts down in order.
 */
public final class SupervisedProcesses implements Processes, AutoCloseable {

    /** The most bytes of standard output, and of standard error, that {@link #run} keeps. */
    public static final int CAPTURE_LIMIT = 16 * 1024 * 1024;

    private static final long GRACE_SECONDS = 5;
    private static final String GUARD = resource("guard.sh");

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcesses.class);

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;
    private final Thread shutdown = new Thread(this::endAll, "end-processes");

    private final Map<String, String> changes;

    /** Make a supervisor and register it for the JVM's shutdown. */
    public SupervisedProcesses() {
        this(Map.of());
    }

    /**
     * Make a supervisor and register it for the JVM's shutdown.
     *
     * @param changes variables that commands find in place of this JVM's own, such as another PATH to look for their
     *     programs on
     */
    public SupervisedProcesses(Map<String, String> changes) {
        this.changes = Map.copyOf(changes);
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    @Override
    public Completed run(Command command, Duration timeout) throws ProcessException {
        long started = System.nanoTime();
        Process process = launch(command, Mode.CAPTURED, null);
        GuardedProcess guarded = track(command, process);
        CompletableFuture<String> stdout =
                BoundedCapture.start(process.getInputStream(), CAPTURE_LIMIT, "stdout of " + command.program());
        CompletableFuture<String> stderr =
                BoundedCapture.start(process.getErrorStream(), CAPTURE_LIMIT, "stderr of " + command.program());
        CompletableFuture<Void> all = CompletableFuture.allOf(guarded.exit(), stdout, stderr);
        // allOf waits for all even when one has failed; an overflow must end the command at once.
        CompletableFuture<Void> finished = all.copy();
        for (CompletableFuture<String> capture : List.of(stdout, stderr)) {
            capture.exceptionally(error -> {
                finished.completeExceptionally(error);
                return "";
            });
        }
        try {
            finished.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            return new Completed(command, guarded.exit().join(), stdout.join(), stderr.join(), took);
        } catch (TimeoutException late) {
            end(guarded);
            throw new ProcessException(
                    ProcessException.Reason.TIMED_OUT,
                    command.program() + " did not end within " + timeout.toMillis() / 1000.0 + " s",
                    "run it by hand to see why: " + command.toShell());
        } catch (InterruptedException interrupted) {
            end(guarded);
            Thread.currentThread().interrupt();
            throw new ProcessException(
                    ProcessException.Reason.INTERRUPTED, command.program() + " was ended by an interrupt", "");
        } catch (ExecutionException failed) {
            end(guarded);
            throw new ProcessException(
                    ProcessException.Reason.TOO_MUCH_OUTPUT,
                    "the output of " + command.program() + " cannot be kept: more than " + CAPTURE_LIMIT
                            + " bytes, or a broken pipe",
                    "let it write to a file",
                    failed.getCause());
        }
    }

    @Override
    public Running start(Command command, Path output) throws ProcessException {
        return track(command, launch(command, Mode.TO_FILE, output));
    }

    @Override
    public Running startInteractive(Command command) throws ProcessException {
        if (command.input() != null) {
            throw new IllegalArgumentException("an interactive command reads the terminal: " + command.toShell());
        }
        return track(command, launch(command, Mode.INTERACTIVE, null));
    }

    @Override
    public String typed(String program) {
        Optional<Path> started = ProgramSearch.find(program, inherited());
        return started.isPresent() && !started.equals(ProgramSearch.find(program))
                ? started.get().toString()
                : program;
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook runs by itself then, and finds nothing left to do.
        }
    }

    private void endAll() {
        ending = true;
        List<Running> left = List.copyOf(running);
        // All get their TERM before anyone is waited for.
        left.forEach(Running::terminate);
        left.forEach(Running::close);
    }

    private static void end(Running process) {
        process.kill();
        process.exit().join();
    }

    private GuardedProcess track(Command command, Process process) {
        GuardedProcess guarded = new GuardedProcess(command, process);
        running.add(guarded);
        if (ending) {
            // Started by another thread while all others were being ended.
            guarded.kill();
        }
        var unused = guarded.exit().whenComplete((status, error) -> running.remove(guarded));
        return guarded;
    }

    private enum Mode {
        CAPTURED,
        TO_FILE,
        INTERACTIVE
    }

    private Map<String, String> inherited() {
        Map<String, String> inherited = new HashMap<>(System.getenv());
        inherited.putAll(changes);
        return inherited;
    }

    private Process launch(Command command, Mode mode, @Nullable Path output) throws ProcessException {
        if (ProgramSearch.find(command, inherited()).isEmpty()) {
            throw new ProcessException(
                    ProcessException.Reason.MISSING,
                    "the program " + command.program() + " is not installed",
                    "'vmtest doctor' names the package that has it");
        }
        LOG.debug("running {}", command.toShell());
        ProcessBuilder builder = new ProcessBuilder(guardedArguments(command, mode));
        builder.environment().putAll(changes);
        builder.environment().putAll(command.environment());
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        switch (mode) {
            case CAPTURED -> {}
            case TO_FILE -> {
                if (output == null) {
                    throw new IllegalArgumentException("no output file for " + command.toShell());
                }
                if (!output.equals(OWN_OUTPUT)) {
                    makeOutput(command, output);
                }
                builder.redirectErrorStream(true);
                builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            }
            case INTERACTIVE -> {
                builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
                builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            }
        }
        try {
            return builder.start();
        } catch (IOException refused) {
            throw new ProcessException(
                    ProcessException.Reason.NOT_STARTED,
                    "cannot start " + command.program() + ": " + PlainTrouble.of(refused),
                    "",
                    refused);
        }
    }

    /** Make the file here, for its owner only: what the JDK opens for a process follows links. */
    private static void makeOutput(Command command, Path output) throws ProcessException {
        try {
            NewFile.append(output).close();
        } catch (IOException refused) {
            throw new ProcessException(
                    ProcessException.Reason.NOT_STARTED,
                    "cannot start " + command.program() + ", whose output goes to a file: " + PlainTrouble.of(refused),
                    "",
                    refused);
        }
    }

    private static List<String> guardedArguments(Command command, Mode mode) {
        List<String> arguments = new ArrayList<>();
        boolean interactive = mode == Mode.INTERACTIVE;
        if (!interactive) {
            // A new session: no signal of the terminal arrives, and the process group is the command's own.
            arguments.add("setsid");
        }
        Path input = command.input();
        String inputFile = interactive
                ? "/proc/" + ProcessHandle.current().pid() + "/fd/0"
                : input == null ? "/dev/null" : input.toAbsolutePath().toString();
        arguments.addAll(List.of("sh", "-c", GUARD, "vmtest-guard"));
        arguments.addAll(List.of(interactive ? "single" : "group", Long.toString(GRACE_SECONDS), inputFile));
        arguments.addAll(command.revealedArguments());
        return arguments;
    }

    static String resource(String name) {
        return TextResource.beside(SupervisedProcesses.class, name);
    }
}
