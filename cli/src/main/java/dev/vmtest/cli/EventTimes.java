package dev.vmtest.cli;

import dev.vmtest.publish.ReportEvent;
import dev.vmtest.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Say how long the parts of an install took, in lines whose form is a text with keys. */
final class EventTimes {

    /** The form of curtin's own tool where nobody chooses one. */
    static final String DEFAULT_FORMAT = "%I%D @%Es +%ds";

    private static final Pattern KEY = Pattern.compile("%([a-zA-Z])");

    private final String format;
    private final Map<String, Instant> starts = new HashMap<>();
    private final Map<String, Map<String, Object>> timestamps = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private @Nullable Instant began;
    private double total;

    private EventTimes(String format) {
        this.format = format;
    }

    /** Hold the times of events in the order of their timestamps; one without counts for nothing. */
    static EventTimes of(List<ReportEvent> events, String format) {
        EventTimes times = new EventTimes(format);
        events.stream()
                .sorted(Comparator.comparing(ReportEvent::timestamp, Comparator.nullsFirst(Comparator.naturalOrder())))
                .forEach(times::add);
        times.lines.add(String.format(Locale.ROOT, "%.5f seconds total time", times.total));
        return times;
    }

    /** Return a line for each part that ended, and one for the total. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Return what is known of each part by its name, in the order in which they were first heard of: {@code start} and
     * {@code finish} in seconds since the epoch, and as texts {@code delta}, the seconds that it took, and {@code
     * elapsed}, the seconds from the beginning to its end.
     */
    Map<String, Map<String, Object>> timestamps() {
        return Collections.unmodifiableMap(timestamps);
    }

    private void add(ReportEvent event) {
        Instant at = event.timestamp();
        if (at == null) {
            return;
        }
        if (began == null) {
            began = at;
        }
        boolean isFinish = event.eventType().equals("finish");
        Map<String, Object> known = timestamps.computeIfAbsent(event.name(), name -> new LinkedHashMap<>());
        known.put(isFinish ? "finish" : "start", epochSeconds(at));
        if (!isFinish) {
            starts.put(event.name(), at);
        }
        // A finish without its start took no time that anybody knows.
        double delta = seconds(starts.getOrDefault(event.name(), at), at);
        if (isFinish && depth(event) == 0) {
            total += delta;
        }
        if (isFinish) {
            known.put("delta", padded(delta));
            known.put("elapsed", padded(seconds(began, at)));
        }
        if (isFinish || format.contains("%e")) {
            lines.add(line(event, at, delta, seconds(began, at)));
        }
    }

    private String line(ReportEvent event, Instant at, double delta, double elapsed) {
        String line = KEY.matcher(format)
                .replaceAll(key -> Matcher.quoteReplacement(
                        switch (key.group(1)) {
                            case "n" -> event.name();
                            case "D" -> event.description();
                            case "e" -> event.eventType();
                            case "r" -> Objects.requireNonNullElse(event.result(), "");
                            case "l" -> event.level();
                            case "o" -> event.origin();
                            case "t" -> String.format(Locale.ROOT, "%.3f", at.toEpochMilli() / 1000.0);
                            case "d" -> padded(delta);
                            case "E" -> padded(elapsed);
                            case "T" -> padded(total);
                            case "I" -> "|" + " ".repeat(depth(event)) + "`->";
                            default -> key.group();
                        }));
        // What a guest says must not steer the terminal.
        return Printable.visible(line);
    }

    private static int depth(ReportEvent event) {
        return (int) event.name().chars().filter(character -> character == '/').count();
    }

    private static double epochSeconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static String padded(double seconds) {
        return String.format(Locale.ROOT, "%08.5f", seconds);
    }
}
