package dev.vmtest.image.mirror;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Say how long to leave a server alone that is busy or broken for a while, before it is asked again.
 *
 * <p>Each pause is twice as long as the one before, or what the server says ({@code Retry-After}, RFC 9110, section
 * 10.2.3); it never exceeds two minutes, whatever the server says.
 */
record BackOff(InstantSource clock, Pause pause) {

    /** How often a server is asked before it is given up. */
    static final int ATTEMPTS = 6;

    /** Too many requests, and the errors of a server or a proxy that may be over soon (RFC 6585, RFC 9110). */
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Let time go by. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Let real time go by. */
    static BackOff of(InstantSource clock) {
        return new BackOff(clock, time -> {
            var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Return whether the same question may have another answer soon. */
    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /**
     * Return how long to wait.
     *
     * @param attempt how often the server was asked
     */
    Duration before(int attempt, HttpHeaders answer) {
        Duration usual = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration asked = answer.firstValue("Retry-After").map(this::read).orElse(Duration.ZERO);
        Duration longer = asked.compareTo(usual) > 0 ? asked : usual;
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    /** Seconds, or a date; what is neither says nothing. */
    private Duration read(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(clock.instant(), date);
        } catch (DateTimeException nonsense) {
            return Duration.ZERO;
        }
    }
}
