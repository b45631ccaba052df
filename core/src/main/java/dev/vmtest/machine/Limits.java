package dev.vmtest.machine;

import java.time.Duration;

/**
 * Say when a machine has had its time. The values are those for KVM: each is multiplied by
 * {@link Accelerator#timeoutScale()} of the accelerator in use.
 *
 * @param total the longest time from start to end
 * @param firstOutput the longest time until the first byte on the serial console
 * @param silence the longest time without console output or any other sign of life after that
 */
public record Limits(Duration total, Duration firstOutput, Duration silence) {

    private static final Duration FIRST_OUTPUT = Duration.ofSeconds(20);

    /**
     * Return the limits of an install. Its silence is long: extracting a root or making an initramfs
     * says nothing for a minute, even where report events count as signs of life.
     */
    public static Limits install(Duration total) {
        return new Limits(total, FIRST_OUTPUT, Duration.ofSeconds(150));
    }

    /** Return the limits of a first boot. */
    public static Limits firstBoot(Duration total) {
        return new Limits(total, FIRST_OUTPUT, Duration.ofSeconds(45));
    }

    /** Return limits that no machine reaches, for one that a person attends. */
    public static Limits none() {
        Duration year = Duration.ofDays(366);
        return new Limits(year, year, year);
    }

    /** Return the limits for a slower machine. */
    public Limits scaled(double factor) {
        return new Limits(scaled(total, factor), scaled(firstOutput, factor), scaled(silence, factor));
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
