package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.FakeMachines;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.result.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstallWitnessesTests {

    private static final MachineEnd SHUTDOWN = new MachineEnd.GuestShutdown(Duration.ofSeconds(60));
    private static final String FINISHED = "curtin: Installation finished.";

    private final InstallWitnesses witnesses = new InstallWitnesses(SuccessCriteria.CURTIN);
    private int lines;

    @Test
    void believesTwoWitnessesThatAgree() {
        says("starting", FINISHED);
        reports("cmd-install", "finish", "SUCCESS");
        assertThat(witnesses.judge(SHUTDOWN, Optional.empty())).isEmpty();
    }

    @Test
    void doesNotBelieveTheConsoleAlone() {
        says(FINISHED);
        assertThat(objection(SHUTDOWN))
                .isEqualTo("no 'cmd-install' finish event came,"
                        + " although the console says that the installation finished");
    }

    @Test
    void doesNotBelieveTheEventAlone() {
        reports("cmd-install", "finish", "SUCCESS");
        assertThat(objection(SHUTDOWN))
                .isEqualTo("the installer reported success,"
                        + " but the console never said 'curtin: Installation finished.'");
    }

    @Test
    void doesNotBelieveEitherWhenTheGuestDidNotPowerOff() {
        says(FINISHED);
        reports("cmd-install", "finish", "SUCCESS");
        assertThat(objection(new MachineEnd.GuestReset(Duration.ofSeconds(60))))
                .isEqualTo("the guest reset instead of powering off");
    }

    @Test
    void takesAForbiddenTextEvenFromAFinishedInstall() {
        says("before", "Unexpected error while running command.", "Exit code: 1", FINISHED);
        reports("cmd-install", "finish", "SUCCESS");
        Evidence evidence = witnesses.judge(SHUTDOWN, Optional.empty()).orElseThrow();
        assertThat(evidence.summary()).isEqualTo("the console says: Unexpected error while running command.");
        assertThat(evidence.context())
                .containsExactly("before", "Unexpected error while running command.", "Exit code: 1", FINISHED);
        assertThat(evidence.log()).isEqualTo("logs/install-serial.log");
    }

    @Test
    void quotesAFailureThatTheInstallerReported() {
        says(FINISHED);
        reports("cmd-install", "finish", "FAIL");
        assertThat(objection(SHUTDOWN)).isEqualTo("the installer reported cmd-install finish FAIL: about cmd-install");
    }

    @Test
    void namesEveryObjectionAndTheLastEvent() {
        says("[    5.1] Kernel panic - not syncing");
        reports("cmd-install/stage-extract", "start", null);
        Evidence evidence = witnesses
                .judge(new MachineEnd.GuestPanic(Duration.ofSeconds(5)), Optional.empty())
                .orElseThrow();
        assertThat(evidence.summary())
                .isEqualTo("the guest's kernel panicked; the console says: Kernel panic - not syncing;"
                        + " no 'cmd-install' finish event came");
        assertThat(evidence.lastEvent()).isEqualTo("cmd-install/stage-extract start: about cmd-install/stage-extract");
    }

    @Test
    void aProgramsWordOfTheKernelIsOnlyAWord() {
        says(
                "[   17.2] python3[218]: Kernel panic - not syncing",
                "[   17.3] python3[218]: INFO: task x:1 blocked for more than 120 seconds.",
                "[   17.4] python3[218]: " + FINISHED);
        reports("cmd-install", "finish", "SUCCESS");
        assertThat(witnesses.judge(SHUTDOWN, Optional.empty())).isEmpty();
    }

    @Test
    void theKernelsOwnWordCounts() {
        says("[  200.1] INFO: task jbd2/vda1-8:99 blocked for more than 120 seconds.", FINISHED);
        reports("cmd-install", "finish", "SUCCESS");
        assertThat(objection(SHUTDOWN)).startsWith("the console says: INFO: task jbd2/vda1-8:99 blocked");
    }

    @Test
    void hearsWhatTheKernelTalksInto() {
        FakeMachines.speak(
                "[   17.0] vdc\n[   17.4] python3[218]: curtin: Installa[   17.456789]  vdc: vdc1\ntion finished.\n",
                witnesses::console);
        reports("cmd-install", "finish", "SUCCESS");
        assertThat(witnesses.judge(SHUTDOWN, Optional.empty())).isEmpty();
    }

    @Test
    void showsTheLinesAroundAFailureThatOnlyAnEventTells() {
        says("+ mkfs.ext4 /dev/x", "mkfs.ext4: no such device");
        reports("cmd-install/stage-early/words", "finish", "FAIL");
        for (int line = 0; line < 40; line++) {
            says("[  OK  ] Stopped unit " + line);
        }
        reports("cmd-install", "finish", "FAIL");
        Evidence evidence = witnesses.judge(SHUTDOWN, Optional.empty()).orElseThrow();
        assertThat(evidence.context())
                .startsWith("+ mkfs.ext4 /dev/x", "mkfs.ext4: no such device")
                .hasSize(14);
    }

    @Test
    void anEventOfAStageIsNotTheInstallers() {
        says(FINISHED);
        reports("cmd-install/stage-late", "finish", "SUCCESS");
        assertThat(objection(SHUTDOWN)).startsWith("no 'cmd-install' finish event came");
    }

    private String objection(MachineEnd end) {
        return witnesses.judge(end, Optional.empty()).orElseThrow().summary();
    }

    private void says(String... texts) {
        for (String text : texts) {
            lines++;
            witnesses.console(new ConsoleLine(Duration.ofSeconds(lines), lines, text));
        }
    }

    private void reports(String name, String type, @Nullable String result) {
        witnesses.reported(
                new ReportEvent(name, "about " + name, type, "curtin", Instant.EPOCH, "INFO", result, List.of()));
    }
}
