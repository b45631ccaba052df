package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play installs and boots on a host that has no time for their guests. */
class StarvedRunTests {

    private static final String FIGURES = "QEMU ran for 51.0 s and waited for a processor for 212.0 s in 300.0 s";

    private final PlayedRun played;

    StarvedRunTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void aFailureOfAStarvedGuestIsTheHosts() throws IOException {
        played.guest.crowdedInstalls(1);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.evidence().failure()).isEqualTo(new Failure(FailureClass.STARVED, FIGURES));
        assertThat(result.evidence().summary())
                .startsWith("starved: the host was crowded, " + FIGURES)
                .contains("the guest was not done after 300 s");
        assertThat(result.evidence().context()).contains("multipath: timeout");
    }

    @Test
    void aBootOfAStarvedGuestIsTheHosts() throws IOException {
        played.guest.crowded().bootEnd(PlayedRun.TIMED_OUT);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.evidence().failure().failureClass()).isEqualTo(FailureClass.STARVED);
    }

    @Test
    void whatWorksOnACrowdedHostPasses() throws IOException {
        played.guest.crowded();
        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void itIsTriedOnceMoreAndTheSecondAttemptDecides() throws IOException {
        played.guest.crowdedInstalls(1);
        TestResult result = played.runAgainIfStarved();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.evidence().failure()).isEqualTo(Failure.NONE);
        assertThat(result.warnings())
                .containsExactly(
                        "tried once more, alone: in the first attempt the host starved its guest (" + FIGURES + ")");
        Workspace workspace = new Workspace(played.topdir.resolve(result.directory()));
        assertThat(workspace.firstAttempt().resolve("install-serial.log")).doesNotExist();
        assertThat(workspace.firstAttempt().resolve("run.jsonl")).isNotEmptyFile();
        assertThat(workspace.runEvents()).isNotEmptyFile();
        assertThat(played.events.stream().filter(event -> event instanceof RunEvent.TestStarted))
                .hasSize(2);
    }

    @Test
    void aSecondStarvedAttemptIsTheLast() throws IOException {
        played.guest.crowdedInstalls(2);
        TestResult result = played.runAgainIfStarved();
        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.evidence().failure().failureClass()).isEqualTo(FailureClass.STARVED);
        assertThat(result.warnings()).hasSize(1);
    }

    @Test
    void aFailureOnAQuietHostIsNeverTriedAgain() throws IOException {
        played.guest.installEnd(new MachineEnd.GuestReset(PlayedRun.VM_TIME));
        TestResult result = played.runAgainIfStarved();
        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(result.warnings()).isEmpty();
        assertThat(played.events.stream().filter(event -> event instanceof RunEvent.TestStarted))
                .hasSize(1);
    }
}
