package dev.vmtest.report;

import dev.vmtest.result.Phase;
import dev.vmtest.text.Printable;
import org.jspecify.annotations.Nullable;

/** Keep what the live line of one running test shows. */
final class RunningTest {

    private final String title;
    private final double started;
    private @Nullable Phase phase;
    private double phaseStarted;
    private String lastWord = "";

    RunningTest(String title, double started) {
        this.title = Printable.line(title);
        this.started = started;
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

    /** Return the line as it is at a time, no wider than the terminal. */
    String line(double now, int columns) {
        String state = phase == null ? "starts" : phase.text() + " " + Durations.clock(now - phaseStarted);
        return Printable.cut(
                String.format("%7s  %s  %-13s %s", Durations.clock(now - started), title, state, lastWord), columns);
    }
}
