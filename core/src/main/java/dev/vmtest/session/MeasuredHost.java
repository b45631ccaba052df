package dev.vmtest.session;

import dev.vmtest.machine.Ticker;
import dev.vmtest.schedule.HostRoom;
import dev.vmtest.schedule.HostWatch;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measure what others leave of a host while a run is under way. Where it cannot be measured, as on a system without
 * {@code /proc}, the host is taken to have what it had at first.
 */
final class MeasuredHost implements HostWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredHost.class);

    /** In less time a program that starts looks like one that works all the time. */
    private static final long SHORTEST = Duration.ofMillis(500).toNanos();

    private final Source source;
    private final int processors;
    private final LongSupplier memory;
    private final Ticker ticker;
    private final Executor later;
    private final Consumer<String> news;
    private @Nullable ProcessorTimes before;
    private long lookedAt;
    private double others;
    private boolean isTold;

    /** Read how long processors have worked. */
    @FunctionalInterface
    interface Source {
        ProcessorTimes read() throws IOException;
    }

    /**
     * Begin to look.
     *
     * @param processors how many processors the run may keep busy, which a container may make fewer than it may use
     * @param memory how much memory may be taken now, in MiB
     * @param later runs what it is given after a while
     * @param news is told once why tests wait
     */
    MeasuredHost(
            Source source, int processors, LongSupplier memory, Ticker ticker, Executor later, Consumer<String> news) {
        this.source = source;
        this.processors = processors;
        this.memory = memory;
        this.ticker = ticker;
        this.later = later;
        this.news = news;
        this.lookedAt = ticker.nanos();
        this.before = read();
    }

    @Override
    public synchronized HostRoom room() {
        long now = ticker.nanos();
        ProcessorTimes last = before;
        if (last != null && now - lookedAt >= SHORTEST) {
            ProcessorTimes times = read();
            if (times != null) {
                // Of processors beyond what a container grants, others may have as many as they like.
                double spare = Math.max(0, times.processors() - processors);
                others = Math.max(0, times.othersSince(last) - spare);
                lookedAt = now;
            }
            before = times;
        }
        return new HostRoom(others, memory.getAsLong());
    }

    @Override
    public void lookAgain(Runnable look) {
        later.execute(look);
    }

    @Override
    public synchronized void heldBack(String why) {
        LOG.info("a test waits: {}", why);
        if (!isTold) {
            isTold = true;
            news.accept(why);
        }
    }

    private @Nullable ProcessorTimes read() {
        try {
            return source.read();
        } catch (IOException | NumberFormatException unreadable) {
            LOG.info(
                    "what others leave of the host is not measured: {}",
                    unreadable instanceof IOException trouble ? PlainTrouble.of(trouble) : unreadable);
            return null;
        }
    }
}
