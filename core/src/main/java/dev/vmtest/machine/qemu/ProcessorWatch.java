package dev.vmtest.machine.qemu;

import dev.vmtest.machine.ProcessorShare;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.ProcessorTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follow what QEMU gets of the host's processors, from its start and since its guest's last sign of life. Thread-safe. */
final class ProcessorWatch {

    /** A guest may give signs of life by the thousand; one measurement a second is enough. */
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Supplier<Optional<ProcessorTime>> source;
    private final Ticker ticker;
    private final @Nullable Sample first;
    private @Nullable Sample last;

    private record Sample(long at, ProcessorTime time) {}

    /**
     * Begin.
     *
     * @param source measures QEMU; empty when it is gone
     */
    ProcessorWatch(Supplier<Optional<ProcessorTime>> source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
        this.first = measure();
        this.last = first;
    }

    /** Take note of a sign of life. */
    synchronized void sign() {
        if (last == null || ticker.nanos() - last.at >= INTERVAL) {
            measured();
        }
    }

    /** Measure now, and return the share since the last sign of life. */
    synchronized Optional<ProcessorShare> sinceSign() {
        Sample before = last;
        return share(before, measure());
    }

    /** Return the share from the start until now or, when QEMU is gone, until what was known last. */
    synchronized Optional<ProcessorShare> sinceStart() {
        measured();
        return share(first, last);
    }

    /** Return what the process does now, as proc_pid_stat(5) has it; a blank if it is gone. */
    char state() {
        return source.get().map(ProcessorTime::state).orElse(' ');
    }

    private void measured() {
        Sample now = measure();
        last = now == null ? last : now;
    }

    private @Nullable Sample measure() {
        long at = ticker.nanos();
        return source.get().map(time -> new Sample(at, time)).orElse(null);
    }

    private static Optional<ProcessorShare> share(@Nullable Sample before, @Nullable Sample after) {
        return before == null || after == null || after.at <= before.at
                ? Optional.empty()
                : Optional.of(ProcessorShare.between(before.time, after.time, Duration.ofNanos(after.at - before.at)));
    }
}
