package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play installs and first boots that end as no good one does. */
class FailedInstallTests {

    private final PlayedRun played;

    FailedInstallTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void anInstallWithoutTheFinishEventFails() throws IOException {
        played.guest.events(FakeGuest.eventsWithout(FakeGuest.FINISHED_EVENT));
        played.installFailed("no 'cmd-install' finish event came, although the console says");
    }

    @Test
    void anInstallThatReportsFailureFails() throws IOException {
        played.guest.events(
                FakeGuest.STARTED_EVENT, FakeGuest.event("cmd-install", "finish", 2, ", \"result\": \"FAIL\""));
        TestResult result = played.installFailed("the installer reported cmd-install finish FAIL");
        assertThat(result.evidence().failure().failureClass()).isEqualTo(FailureClass.PRODUCT);
    }

    @Test
    void anInstallWhoseConsoleIsSilentFails() throws IOException {
        played.guest.installConsole("");
        played.installFailed("the console never said 'curtin: Installation finished.'");
    }

    @Test
    void anInstallWhoseConsoleSaysAForbiddenTextFails() throws IOException {
        played.guest.installConsole("before\nUnexpected error while running command\n" + FakeGuest.FINISHED);
        TestResult result = played.installFailed("the console says: Unexpected error while running command");
        assertThat(result.evidence().context()).contains("before", "Unexpected error while running command");
    }

    @Test
    void anInstallThatEndsOtherwiseThanByPowerOffFails() throws IOException {
        played.guest.installEnd(new MachineEnd.GuestReset(PlayedRun.VM_TIME));
        played.installFailed("the guest reset instead of powering off");
    }

    @Test
    void anInstallThatTakesTooLongFails() throws IOException {
        played.guest.installEnd(PlayedRun.TIMED_OUT);
        TestResult result = played.installFailed("the guest was not done after 300 s");
        assertThat(result.evidence().failure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
    }

    @Test
    void aBootThatTakesTooLongFails() throws IOException {
        played.guest.bootEnd(PlayedRun.TIMED_OUT);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(result.evidence().summary()).contains("not done after 300 s");
        assertThat(result.evidence().context()).contains("the installed system boots");
        PlayedRun.assertPhases(result, "prepare", "install", "boot");
    }

    @Test
    void dataWithoutANonceIsNotBelieved() throws IOException {
        played.guest.nonceFile("something-else");
        played.bootFailed("carries no nonce of a run");
    }

    @Test
    void dataOfAnotherRunIsNotBelieved() throws IOException {
        played.guest.nonce("0123456789abcdef");
        played.bootFailed("another run's nonce: 0123456789abcdef");
    }

    @Test
    void dataThatTheSystemCouldNotDeliverIsNotBelieved() throws IOException {
        played.guest.nonceFile("vmtest-collect-error").nonce("too large");
        played.bootFailed("could not deliver its data: too large");
    }

    @Test
    void anEmptyOutputDiskIsNotBelieved() throws IOException {
        played.guest.outputCutAfter(0);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        PlayedRun.assertPhases(result, "prepare", "install", "boot", "collect");
    }

    @Test
    void dataThatWasCutOffIsNotBelieved() throws IOException {
        played.guest.outputCutAfter(10_000);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        PlayedRun.assertPhases(result, "prepare", "install", "boot", "collect");
    }
}
