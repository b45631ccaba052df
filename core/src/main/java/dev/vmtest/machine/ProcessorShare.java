package dev.vmtest.machine;

import dev.vmtest.process.ProcessorTime;
import java.time.Duration;
import java.util.Locale;

/**
 * Say what QEMU got of the host's processors in a span of time.
 *
 * @param span how long it was
 * @param ran how long QEMU's threads ran in it, together
 * @param waited how long they were ready and waited for a processor, together
 */
public record ProcessorShare(Duration span, Duration ran, Duration waited) {

    /** What is shorter says nothing about a test. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(10);

    public static ProcessorShare between(ProcessorTime before, ProcessorTime after, Duration span) {
        return new ProcessorShare(
                span,
                positive(after.ran().minus(before.ran())),
                positive(after.waited().minus(before.waited())));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** Say whether the host had so much else to do that QEMU waited longer than it ran. */
    public boolean isCrowded() {
        return waited.compareTo(SHORTEST_WAIT) >= 0 && waited.compareTo(ran) > 0;
    }

    /** Say whether the host had time: QEMU waited for less than a tenth of the span, all its threads together. */
    public boolean isQuiet() {
        return waited.multipliedBy(10).compareTo(span) < 0;
    }

    /** Return it as the end of a sentence about QEMU. */
    public String text() {
        return "ran for %s s and waited for a processor for %s s in %s s"
                .formatted(seconds(ran), seconds(waited), seconds(span));
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
