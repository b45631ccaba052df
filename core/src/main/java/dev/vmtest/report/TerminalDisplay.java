package dev.vmtest.report;

import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunListener;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Show a run on a terminal or in a build server's log.
 *
 * <pre>{@code
 * try (var display = new TerminalDisplay(System.out, TerminalStyle.plain(), Clock.systemUTC())) {
 *     display.redrawEvery(Duration.ofSeconds(1), scheduler);   // only a live terminal needs it
 *     display.runStarted(accelerator, topdir, tests);
 *     runner.run(…, display);                                  // a RunListener
 *     display.runFinished(results, page);
 * }
 * }</pre>
 *
 * <p>A live terminal has a line for each running test below the finished ones, and one for all of them. Otherwise each phase
 * that starts or ends and each verdict is a line, and nothing is written in between. Nothing that a
 * guest sends reaches the terminal but as visible characters. Safe for use by several threads.
 */
public final class TerminalDisplay implements RunListener, AutoCloseable {

    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";
    private static final String ERASE_BELOW = "\033[J";

    private final PrintStream out;
    private final TerminalStyle style;
    private final InstantSource clock;
    private final Map<String, RunningTest> running = new LinkedHashMap<>();
    private final double began;
    private final TimeLeft timeLeft = new TimeLeft();
    private int drawn;
    private boolean closed;
    private @Nullable ScheduledFuture<?> ticks;

    /**
     * Show a run; the caller keeps the stream, which is flushed and never closed.
     *
     * @param clock tells how long things have been going on; event times are held against it
     */
    public TerminalDisplay(PrintStream out, TerminalStyle style, InstantSource clock) {
        this.out = out;
        this.style = style;
        this.clock = clock;
        this.began = now();
    }

    /** Say what runs the guests and why, how many tests there are, and where results go. */
    public synchronized void runStarted(AcceleratorRecord accelerator, Path topdir, int tests) {
        print(List.of(ResultText.beginning(accelerator, tests, Printable.line(topdir.toString()))));
    }

    /**
     * Say which tests are to come, and how long they took before.
     *
     * @param titles the tests
     * @param seconds how long they are expected to take, by title; the others are not known
     */
    public synchronized void expect(List<String> titles, Map<String, Double> seconds) {
        timeLeft.expect(titles, seconds);
    }

    /** Say what is to be known about configurations that are run nevertheless. */
    public synchronized void warn(List<String> warnings) {
        print(warnings.stream().map(Printable::line).toList());
    }

    /** Draw the running tests again at an interval until closed; does nothing on a plain stream. */
    public synchronized void redrawEvery(Duration interval, ScheduledExecutorService scheduler) {
        if (style.live() && ticks == null) {
            long millis = interval.toMillis();
            ticks = scheduler.scheduleAtFixedRate(this::redraw, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Draw the running tests with the time that it is now; does nothing on a plain stream. */
    public synchronized void redraw() {
        if (!running.isEmpty()) {
            print(List.of());
        }
    }

    @Override
    public synchronized void happened(RunEvent event) {
        if (event instanceof RunEvent.TestStarted started) {
            running.put(
                    started.test(), new RunningTest(started.test(), started.at(), timeLeft.expected(started.test())));
            redraw();
        } else if (event instanceof RunEvent.PhaseStarted started) {
            runningTest(event).enter(started.phase(), started.at());
            progress(event, started.phase().text() + " started");
        } else if (event instanceof RunEvent.PhaseFinished finished) {
            runningTest(event)
                    .leave(finished.phase(), Durations.text(finished.result().seconds()));
            progress(event, ResultText.time(finished.result()));
        } else if (event instanceof RunEvent.ConsoleLine line) {
            runningTest(event).said(line.text());
        } else if (event instanceof RunEvent.Notice notice) {
            print(List.of(prefix(event) + Printable.line(notice.text())));
        } else if (event instanceof RunEvent.TestFinished finished) {
            running.remove(finished.test());
            timeLeft.finished(finished.test());
            print(verdict(finished));
        }
    }

    /** Say how the run ended: tests for each verdict, the time, the accelerator, the report. */
    public synchronized void runFinished(RunResults results, Path page) {
        running.clear();
        print(ResultText.ending(results, Printable.line(page.toString())));
    }

    /** Say that the run was ended from outside, and where what is known of it lies; null if it had not begun. */
    public synchronized void runInterrupted(@Nullable RunResults results, @Nullable Path page) {
        running.clear();
        List<String> lines = new ArrayList<>(List.of("interrupted"));
        if (results != null && page != null) {
            lines.addAll(ResultText.ending(results, Printable.line(page.toString())));
        }
        print(lines);
    }

    /** Stop drawing and leave the terminal as it was found. */
    @Override
    public synchronized void close() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (!closed) {
            running.clear();
            print(List.of());
            closed = true;
        }
    }

    private RunningTest runningTest(RunEvent event) {
        return running.computeIfAbsent(
                event.test(), title -> new RunningTest(title, event.at(), timeLeft.expected(title)));
    }

    private void progress(RunEvent event, String text) {
        if (style.live()) {
            redraw();
        } else {
            print(List.of(prefix(event) + text));
        }
    }

    private List<String> verdict(RunEvent.TestFinished finished) {
        TestResult result = finished.result();
        String counts = ResultText.checkCounts(result);
        String first = prefix(finished)
                + coloured(result.verdict(), result.verdict().text())
                + (result.verdict() == Verdict.UNCHANGED ? "" : " in " + Durations.text(result.seconds()))
                + (counts.isEmpty() ? "" : ", " + counts);
        List<String> more = new ArrayList<>();
        if (style.live()) {
            // Elsewhere each phase has said it when it ended.
            more.addAll(ResultText.times(result));
        }
        if (ResultText.needsExplaining(result.verdict())) {
            more.addAll(ResultText.explanation(result));
        }
        return Stream.concat(Stream.of(first), more.stream().map(line -> "    " + line))
                .toList();
    }

    private String prefix(RunEvent event) {
        return String.format("%7s  ", Durations.clock(event.at() - began)) + Printable.line(event.test()) + "  ";
    }

    private void print(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (style.live()) {
            erase(text);
        }
        lines.forEach(line -> text.append(line).append('\n'));
        if (style.live()) {
            drawRunning(text);
        }
        if (!text.isEmpty()) {
            out.print(text);
            out.flush();
        }
    }

    private void erase(StringBuilder text) {
        if (drawn > 0) {
            text.append("\033[").append(drawn).append('A').append('\r').append(ERASE_BELOW);
            drawn = 0;
        }
    }

    private void drawRunning(StringBuilder text) {
        Optional<String> total = timeLeft.line(running, now());
        int room = Math.max(1, style.rows().getAsInt() - 2 - (total.isPresent() ? 1 : 0));
        int columns = style.columns().getAsInt();
        if (running.isEmpty()) {
            return;
        }
        boolean all = running.size() <= room;
        int shown = all ? running.size() : Math.max(0, room - 1);
        text.append(NO_WRAP);
        running.values().stream()
                .limit(shown)
                .forEach(test -> text.append(test.line(now(), columns)).append('\n'));
        if (!all) {
            text.append(Printable.cut("… and " + (running.size() - shown) + " more running", columns))
                    .append('\n');
        }
        total.ifPresent(line -> text.append(Printable.cut(line, columns)).append('\n'));
        text.append(WRAP);
        drawn = shown + (all ? 0 : 1) + (total.isPresent() ? 1 : 0);
    }

    private String coloured(Verdict verdict, String text) {
        if (!style.colour()) {
            return text;
        }
        String colour = switch (verdict) {
            case PASSED -> "\033[32m";
            case FAILED, INSTALL_FAILED, BOOT_FAILED, UNEXPECTED_PASS -> "\033[1;31m";
            case INFRASTRUCTURE -> "\033[1;35m";
            case SKIPPED, UNCHANGED, EXPECTED_FAILURE -> "\033[33m";
        };
        return colour + text + "\033[0m";
    }

    private double now() {
        return clock.instant().toEpochMilli() / 1000.0;
    }
}
