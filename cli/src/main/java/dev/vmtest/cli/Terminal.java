package dev.vmtest.cli;

import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Know what standard output is. */
final class Terminal {

    /** What bin/vmtest says of the terminal that standard output is, as {@code stty size} does: rows and columns. */
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})");

    private static final Duration REDRAW = Duration.ofSeconds(1);

    private Terminal() {}

    /** Return a display of a run on a stream: live on a terminal, plain lines otherwise. */
    static TerminalDisplay display(PrintStream out, Map<String, String> environment) {
        TerminalDisplay display = new TerminalDisplay(out, style(environment), Clock.systemUTC());
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "terminal");
            thread.setDaemon(true);
            return thread;
        });
        display.redrawEvery(REDRAW, scheduler);
        return display;
    }

    /** Say what standard output can do. */
    static TerminalStyle style(Map<String, String> environment) {
        Matcher size = SIZE.matcher(System.getProperty("vmtest.terminal", ""));
        return size.matches()
                ? TerminalStyle.live(
                        !environment.containsKey("NO_COLOR"),
                        () -> Integer.parseInt(size.group(2)),
                        () -> Integer.parseInt(size.group(1)))
                : TerminalStyle.plain();
    }

    /** Return what picocli has set before a command is called. */
    static <T> T required(@Nullable T injected) {
        return Objects.requireNonNull(injected);
    }
}
