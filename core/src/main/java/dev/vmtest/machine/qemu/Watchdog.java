package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.Ticker;
import java.time.Duration;
import java.util.Optional;

/** Count the time that a machine has left under its limits. Not thread-safe. */
final class Watchdog {

    private final Limits limits;
    private final Ticker ticker;
    private final long start;
    private long lastSign;
    private boolean heard;

    /** Start the clock. */
    Watchdog(Limits limits, Ticker ticker) {
        this.limits = limits;
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.lastSign = start;
    }

    /** Take note of a sign of life. */
    void sign() {
        lastSign = ticker.nanos();
        heard = true;
    }

    /** Return the time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - start);
    }

    /** Return the time until the next limit passes if nothing happens; zero or less when one has. */
    Duration remaining() {
        Duration total = limits.total().minus(elapsed());
        Duration silent = silence().minusNanos(ticker.nanos() - lastSign);
        return total.compareTo(silent) < 0 ? total : silent;
    }

    /** Return the end that a passed limit means, if one has passed. */
    Optional<MachineEnd.TimedOut.Limit> expired() {
        if (elapsed().compareTo(limits.total()) >= 0) {
            return Optional.of(MachineEnd.TimedOut.Limit.TOTAL);
        }
        if (ticker.nanos() - lastSign >= silence().toNanos()) {
            return Optional.of(heard ? MachineEnd.TimedOut.Limit.SILENCE : MachineEnd.TimedOut.Limit.FIRST_OUTPUT);
        }
        return Optional.empty();
    }

    /** Return the length of a limit. */
    Duration allowed(MachineEnd.TimedOut.Limit limit) {
        return switch (limit) {
            case TOTAL -> limits.total();
            case FIRST_OUTPUT -> limits.firstOutput();
            case SILENCE -> limits.silence();
        };
    }

    private Duration silence() {
        return heard ? limits.silence() : limits.firstOutput();
    }
}
