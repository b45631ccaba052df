package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineEnd.TimedOut.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WatchdogTests {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(100), Duration.ofSeconds(10), Duration.ofSeconds(30));

    private long now = 5_000;
    private final Watchdog watchdog = new Watchdog(LIMITS, () -> now);

    @Test
    void expectsAFirstSignSoon() {
        pass(9_999);
        assertThat(watchdog.expired()).isEmpty();
        assertThat(watchdog.remaining()).isEqualTo(Duration.ofMillis(1));
        pass(1);
        assertThat(watchdog.expired()).contains(Limit.FIRST_OUTPUT);
    }

    @Test
    void isPatientAfterTheFirstSign() {
        watchdog.sign();
        pass(29_999);
        assertThat(watchdog.expired()).isEmpty();
        watchdog.sign();
        pass(30_000);
        assertThat(watchdog.expired()).contains(Limit.SILENCE);
        assertThat(watchdog.allowed(Limit.SILENCE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void endsALivelyGuestToo() {
        for (int second = 0; second < 99; second++) {
            pass(1_000);
            watchdog.sign();
        }
        assertThat(watchdog.expired()).isEmpty();
        assertThat(watchdog.remaining()).isEqualTo(Duration.ofSeconds(1));
        pass(1_000);
        assertThat(watchdog.expired()).contains(Limit.TOTAL);
    }

    @Test
    void stretchesAllLimits() {
        assertThat(LIMITS.scaled(2.5))
                .isEqualTo(new Limits(Duration.ofSeconds(250), Duration.ofSeconds(25), Duration.ofSeconds(75)));
    }

    private void pass(long milliseconds) {
        now += Duration.ofMillis(milliseconds).toNanos();
    }
}
