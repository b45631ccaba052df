package dev.vmtest.report;

import dev.vmtest.result.Phase;
import dev.vmtest.text.Printable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Keep what the live line of one running test shows. */
final class RunningTest {

    private final String title;
    private final double started;
    private final OptionalDouble expected;
    private @Nullable Phase phase;
    private double phaseStarted;
    private String lastWord = "";

    /**
     * Begin.
     *
     * @param expected how many seconds it took before, if it is known
     */
    RunningTest(String title, double started, OptionalDouble expected) {
        this.title = Printable.line(title);
        this.started = started;
        this.expected = expected;
        this.phaseStarted = started;
    }

    void enter(Phase next, double at) {
        phase = next;
        phaseStarted = at;
        lastWord = "";
    }

    void leave(Phase finished, String took) {
        lastWord = finished.text() + " took " + took;
    }

    void said(String line) {
        String visible = Printable.line(line);
        if (!visible.isEmpty()) {
            lastWord = visible;
        }
    }

    /**
     * Return how many seconds it may still take; a test that takes longer than before is about done.
     *
     * @param usual how long it takes if that is not known
     */
    double left(double now, double usual) {
        return Math.max(0, expected.orElse(usual) - (now - started));
    }

    /** Return the line as it is at a time, no wider than the terminal. */
    String line(double now, int columns) {
        String state = phase == null ? "starts" : phase.text() + " " + Durations.clock(now - phaseStarted);
        return Printable.cut(
                String.format("%7s%s  %s  %-13s %s", Durations.clock(now - started), of(), title, state, lastWord),
                columns);
    }

    private String of() {
        return expected.isEmpty() ? "" : " of about " + Durations.clock(expected.getAsDouble());
    }
}
