package dev.vmtest.image.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** End a read from a server that hangs or only drips. */
final class StallWatch implements AutoCloseable {

    /** What must arrive within the patience, or else the server counts as hanging. */
    static final long LEAST_BYTES = 16 << 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stall-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration patience;

    StallWatch(Duration patience) {
        this.patience = patience;
    }

    /** Watch one body: it is closed when it stalls, which ends a read that waits. */
    Watched watch(InputStream body) {
        return new Watched(body);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Read a body under watch. */
    final class Watched implements AutoCloseable {

        private final InputStream body;
        private final AtomicLong arrived = new AtomicLong();
        private final Future<?> ticks;
        private long before;
        private volatile boolean stalled;

        private Watched(InputStream body) {
            this.body = body;
            long nanos = patience.toNanos();
            this.ticks = clock.scheduleAtFixedRate(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
        }

        private void look() {
            long now = arrived.get();
            if (now - before < LEAST_BYTES) {
                stalled = true;
                try {
                    body.close();
                } catch (IOException alreadyBroken) {
                    // The reader hears of the stall, whatever the close says.
                }
            }
            before = now;
        }

        /**
         * Read like {@link InputStream#read(byte[])}.
         *
         * @throws IOException also if the server stalls
         */
        int read(byte[] buffer) throws IOException {
            try {
                int count = body.read(buffer);
                if (!stalled) {
                    arrived.addAndGet(Math.max(0, count));
                    return count;
                }
            } catch (IOException cut) {
                if (!stalled) {
                    throw cut;
                }
            }
            throw new StalledException(
                    "the server hangs: almost nothing came for " + patience.toMillis() / 1000.0 + " s");
        }

        @Override
        public void close() {
            ticks.cancel(false);
        }
    }
}
