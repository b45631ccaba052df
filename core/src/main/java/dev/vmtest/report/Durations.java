package dev.vmtest.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Write seconds the way people read them. */
final class Durations {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Durations() {}

    /** Return {@code 2026-11-22 01:02:03 UTC} for a moment as results state it; what is none stays as it is. */
    static String moment(String instant) {
        try {
            return MOMENT.format(Instant.parse(instant));
        } catch (DateTimeException none) {
            return instant;
        }
    }

    /** Return {@code 0:07}, {@code 12:34} or {@code 1:02:03}, as a running clock shows it. */
    static String clock(double seconds) {
        long whole = Math.max(0, (long) seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Return {@code 7.1 s}, {@code 12 min 34 s} or {@code 1 h 2 min}, as a result states it. */
    static String text(double seconds) {
        if (seconds < 99.95) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds));
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole / 60 % 60);
    }
}
