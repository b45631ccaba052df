package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineEnd.TimedOut.Limit;
import dev.vmtest.machine.ProcessorShare;
import dev.vmtest.process.ProcessorTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InquiryTests {

    private static final Duration NOW = Duration.ofSeconds(200);
    private static final Inquiry SILENCE = new Inquiry(Limit.SILENCE, Duration.ofMinutes(3), Duration.ofSeconds(220));
    private static final Optional<ProcessorShare> IDLE =
            Optional.of(new ProcessorShare(Duration.ofMinutes(3), Duration.ofMillis(400), Duration.ZERO));

    @ParameterizedTest
    @ValueSource(strings = {"running", "suspended", "guest-panicked", "shutdown", "watchdog"})
    void aQemuThatWorksLeavesTheBlameToItsGuest(String status) {
        assertThat(SILENCE.answered(NOW, status, IDLE))
                .isInstanceOf(MachineEnd.TimedOut.class)
                .extracting(MachineEnd::summary)
                .isEqualTo("the guest gave no sign of life for 180 s; QEMU says '" + status + "'; since the last sign"
                        + " of life it ran for 0.4 s and waited for a processor for 0.0 s in 180.0 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "io-error", "internal-error", "prelaunch", "inmigrate", "debug", ""})
    void aQemuThatHoldsItsGuestIsTheHostsTrouble(String status) {
        assertThat(SILENCE.answered(NOW, status, Optional.empty()))
                .isInstanceOf(MachineEnd.HostTrouble.class)
                .extracting(MachineEnd::summary)
                .isEqualTo("the host could not go on running the guest: QEMU holds it in the state '" + status
                        + "' (the guest gave no sign of life for 180 s)");
    }

    @Test
    void aQemuThatDoesNotAnswerIsTheHostsTrouble() {
        assertThat(SILENCE.unanswered(NOW, "did not answer", 'T', IDLE).summary())
                .isEqualTo("the host could not go on running the guest: QEMU did not answer; its process is stopped by"
                        + " a signal (state T); since the guest's last sign of life it ran for 0.4 s and waited for a"
                        + " processor for 0.0 s in 180.0 s (the guest gave no sign of life for 180 s)");
        assertThat(SILENCE.unanswered(NOW, "did not answer", 'D', IDLE).summary())
                .contains("waits for the host's disk");
        assertThat(SILENCE.unanswered(NOW, "did not answer", ' ', IDLE).summary())
                .contains("its process is gone");
    }

    @Test
    void aHostIsCrowdedWhereQemuWaitsLongerThanItRuns() {
        assertThat(share(51, 212).isCrowded()).isTrue();
        assertThat(share(51, 50).isCrowded()).isFalse();
        assertThat(share(1, 9).isCrowded()).isFalse();
        assertThat(share(0, 0).isCrowded()).isFalse();
    }

    @Test
    void measuresFromTheLastSignOfLifeAndFromTheStart() {
        long[] now = {0};
        ProcessorTime[] time = {new ProcessorTime(Duration.ofSeconds(1), Duration.ofSeconds(2), 'S')};
        boolean[] gone = {false};
        ProcessorWatch watch =
                new ProcessorWatch(() -> gone[0] ? Optional.empty() : Optional.of(time[0]), () -> now[0]);
        now[0] = Duration.ofSeconds(10).toNanos();
        time[0] = new ProcessorTime(Duration.ofSeconds(5), Duration.ofSeconds(20), 'R');
        watch.sign();
        now[0] = Duration.ofSeconds(30).toNanos();
        time[0] = new ProcessorTime(Duration.ofSeconds(6), Duration.ofSeconds(21), 'T');

        assertThat(watch.sinceSign())
                .contains(new ProcessorShare(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThat(watch.state()).isEqualTo('T');
        gone[0] = true;
        assertThat(watch.sinceStart())
                .contains(new ProcessorShare(Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(18)));
        assertThat(watch.sinceSign()).isEmpty();
        assertThat(watch.state()).isEqualTo(' ');
    }

    private static ProcessorShare share(long ran, long waited) {
        return new ProcessorShare(Duration.ofMinutes(5), Duration.ofSeconds(ran), Duration.ofSeconds(waited));
    }
}
