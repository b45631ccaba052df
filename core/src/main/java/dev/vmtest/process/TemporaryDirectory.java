package dev.vmtest.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hold a directory (mode 0700) that is removed on close, when this JVM shuts down, and also when it is killed.
 *
 * <p>A small shell ({@code temporary-directory.sh}) makes the directory and removes it when the pipe to this JVM
 * closes. Removing it does not cross into another file system that is mounted inside.
 */
public final class TemporaryDirectory implements AutoCloseable {

    private static final String GUARD = SupervisedProcesses.resource("temporary-directory.sh");

    private final Path path;
    private final Process guard;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread shutdown = new Thread(this::remove, "remove-temporary-directory");

    private TemporaryDirectory(Path path, Process guard) {
        this.path = path;
        this.guard = guard;
    }

    /**
     * Make a directory with a name of its own.
     *
     * @param parent an existing directory
     * @param prefix the first part of the name, for the people who look at the parent
     * @throws IOException if it cannot be made
     */
    public static TemporaryDirectory create(Path parent, String prefix) throws IOException {
        Path path = parent.toAbsolutePath().resolve(prefix + UUID.randomUUID());
        // The guard has a session of its own: neither Ctrl-C nor a kill of this JVM's process group reaches it.
        Process guard = new ProcessBuilder("setsid", "sh", "-c", GUARD, "vmtest-temporary-directory", path.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader answers = guard.inputReader(StandardCharsets.UTF_8);
        String answer = answers.readLine();
        if (!"made".equals(answer)) {
            throw new IOException("cannot make the temporary directory " + path + ": " + answer
                    + "; set TMPDIR to a directory that you can write to");
        }
        TemporaryDirectory directory = new TemporaryDirectory(path, guard);
        Runtime.getRuntime().addShutdownHook(directory.shutdown);
        return directory;
    }

    /** Return the directory. */
    public Path path() {
        return path;
    }

    /**
     * Remove the directory with everything in it. A second call does nothing.
     *
     * @throws IOException if something in it cannot be removed, such as a file of another user
     */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook and this call do the same then; the guard does it once.
        }
        if (!remove()) {
            throw new IOException("the temporary directory " + path + " cannot be removed; remove it by hand");
        }
    }

    private boolean remove() {
        try {
            guard.getOutputStream().close();
        } catch (IOException gone) {
            // The guard has ended already; its exit status says how.
        }
        return guard.onExit().join().exitValue() == 0;
    }
}
