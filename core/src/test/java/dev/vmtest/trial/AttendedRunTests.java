package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run tests whose machines a person attends. */
class AttendedRunTests {

    private final PlayedRun played;

    AttendedRunTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    /** The key of a cloud-config that is in a part of user-data; the installer's script has the word in its remarks. */
    private static final String POWERS_OFF = "\\\"power_state\\\":";

    @Test
    void whoeverLeavesTheConsoleHasNothingJudged() throws IOException {
        played.attendance = new Attendance(null, "127.0.0.1:1");
        played.guest.installEnd(new MachineEnd.Cancelled(PlayedRun.VM_TIME));

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.evidence().summary())
                .isEqualTo("left at the console during the phase install, so nothing was judged");
        assertThat(played.topdir.resolve("Layout-bookworm/disks")).isNotEmptyDirectory();
    }

    @Test
    void aMachineThatIsAttendedStaysUpAndIsJudgedLikeAnyOther() throws IOException {
        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
        Path workspace = played.topdir.resolve("Layout-bookworm");
        assertThat(Files.readString(workspace.resolve("install/user-data"))).contains(POWERS_OFF);
        played.attendance = new Attendance(null, "127.0.0.1:1");
        played.topdir = Files.createDirectory(played.directory.resolve("attended"));
        workspace = played.topdir.resolve("Layout-bookworm");

        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);

        assertThat(Files.readString(workspace.resolve("install/user-data"))).doesNotContain(POWERS_OFF);
        assertThat(Files.readString(workspace.resolve("boot/seed/user-data"))).doesNotContain("power_state");
        assertThat(played.events)
                .filteredOn(event -> event instanceof RunEvent.Notice notice
                        && notice.text().contains("its screen is at 127.0.0.1:1; it stays up"))
                .hasSize(2);
    }
}
