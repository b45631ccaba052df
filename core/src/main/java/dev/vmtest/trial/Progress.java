package dev.vmtest.trial;

import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.Ticker;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunListener;
import dev.vmtest.result.TestResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Tell the events of one test and keep the time of its phases. Console and report events may come from other threads. */
final class Progress {

    /** Do the work of a phase. */
    @FunctionalInterface
    interface Work<T> {
        T run(PhaseTime time) throws Exception;
    }

    /** Take what a phase learns about its own time. */
    static final class PhaseTime {
        private Duration guest = Duration.ZERO;
        private final List<PhaseResult.Stage> stages = new ArrayList<>();
        private String way = "";

        /** Add time in which a guest was running. */
        void guestRan(Duration time) {
            guest = guest.plus(time);
        }

        /** Say how the phase went about it, such as how its guest was started. */
        void way(String text) {
            way = text;
        }

        /** Add named parts. */
        void stages(List<PhaseResult.Stage> parts) {
            stages.addAll(parts);
        }
    }

    private static final int MOST_WARNINGS = 50;
    private static final int LONGEST_WARNING = 2000;

    private final String title;
    private final TestSecrets secrets;
    private final RunListener listener;
    private final InstantSource clock;
    private final Ticker ticker;
    private final long start;
    private final double started;
    private final List<PhaseResult> phases = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Tell the events of a test.
     *
     * @param secrets what none of them may say
     */
    Progress(String title, TestSecrets secrets, RunListener listener, InstantSource clock, Ticker ticker) {
        this.title = title;
        this.secrets = secrets;
        this.listener = listener;
        this.clock = clock;
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.started = now();
    }

    void testStarted(String directory) {
        listener.happened(new RunEvent.TestStarted(now(), title, directory));
    }

    void testFinished(TestResult result) {
        listener.happened(new RunEvent.TestFinished(now(), title, result));
    }

    void console(Phase phase, ConsoleLine line) {
        listener.happened(new RunEvent.ConsoleLine(now(), title, phase, secrets.hideIn(line.text())));
    }

    void reported(ReportEvent event) {
        String result = event.result();
        listener.happened(new RunEvent.Reported(
                now(),
                title,
                secrets.hideIn(event.name()),
                event.eventType(),
                secrets.hideIn(event.description()),
                result == null ? "" : secrets.hideIn(result)));
    }

    /** Tell the outcome of a check, and return it as it was told. */
    CheckRecord checked(CheckRecord check) {
        CheckRecord told = secrets.hideIn(check);
        listener.happened(new RunEvent.CheckHeld(now(), title, told));
        return told;
    }

    void notice(String text) {
        listener.happened(new RunEvent.Notice(now(), title, secrets.hideIn(text)));
    }

    /** Tell the user something that decides nothing and belongs to the result. */
    void warning(String text) {
        String shown = secrets.hideIn(text);
        String bounded = shown.length() <= LONGEST_WARNING ? shown : shown.substring(0, LONGEST_WARNING) + "…";
        synchronized (warnings) {
            if (warnings.size() >= MOST_WARNINGS || warnings.contains(bounded)) {
                return;
            }
            warnings.add(bounded);
        }
        notice("warning: " + bounded);
    }

    /** Return the warnings so far. */
    List<String> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings);
        }
    }

    /** Run a phase and record its time, whether it succeeds or not. */
    <T> T phase(Phase phase, Work<T> work) throws Exception {
        listener.happened(new RunEvent.PhaseStarted(now(), title, phase));
        long begin = ticker.nanos();
        PhaseTime time = new PhaseTime();
        try {
            return work.run(time);
        } finally {
            PhaseResult result = new PhaseResult(
                    phase.text(),
                    seconds(ticker.nanos() - begin),
                    seconds(time.guest.toNanos()),
                    time.stages,
                    time.way);
            phases.add(result);
            listener.happened(new RunEvent.PhaseFinished(now(), title, phase, result));
        }
    }

    /** Return the phases that have ended. */
    List<PhaseResult> phases() {
        return List.copyOf(phases);
    }

    /** Return when the test began, in seconds since the epoch. */
    double started() {
        return started;
    }

    /** Return how long the test has been running. */
    double elapsed() {
        return seconds(ticker.nanos() - start);
    }

    /** Return the seconds since the epoch. */
    double now() {
        return clock.millis() / 1000.0;
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }
}
