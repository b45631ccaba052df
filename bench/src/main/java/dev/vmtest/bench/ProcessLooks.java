package dev.vmtest.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Look at a process a few times a second while it runs: what it has had of the host cannot be asked once it has ended. */
final class ProcessLooks implements AutoCloseable {

    private static final long BETWEEN_MILLISECONDS = 200;

    private final Path process;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private volatile ProcessUse last = ProcessUse.NONE;

    /** Begin. */
    ProcessLooks(long pid) {
        this.process = Path.of("/proc", String.valueOf(pid));
        var unused = looks.scheduleWithFixedDelay(this::look, 0, BETWEEN_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            last = ProcessUse.read(process);
        } catch (IOException ended) {
            // What was seen last is what there is to know.
            looks.shutdown();
        }
    }

    /** Return what was seen last. */
    ProcessUse last() {
        return last;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
