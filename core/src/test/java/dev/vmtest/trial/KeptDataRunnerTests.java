package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hold checks again on what a run has left. */
class KeptDataRunnerTests {

    private final PlayedRun played;

    KeptDataRunnerTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void theChecksOfKeptDataAreHeldAgainAndNothingIsPruned() throws IOException {
        TestResult first = played.run();
        played.keepRules = KeepRules.DEFAULT;
        Path workspace = played.topdir.resolve("Layout-bookworm");
        byte[] log = Files.readAllBytes(new Workspace(workspace).runEvents());
        played.guest = new FakeGuest(Path.of("nowhere"));

        TestResult again = played.reuse(new CheckRecord("mine", "Layout.mine", CheckRecord.PASSED, ""));

        assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(again.checks())
                .containsAll(first.checks())
                .hasSize(first.checks().size() + 1);
        PlayedRun.assertPhases(again, "prepare", "install", "boot", "collect", "check");
        assertThat(again.phases().subList(0, 4)).isEqualTo(first.phases().subList(0, 4));
        assertThat(workspace.resolve("disks")).isNotEmptyDirectory();
        assertThat(Files.readAllBytes(new Workspace(workspace).runEvents())).isEqualTo(log);
        assertThat(ResultFiles.readResult(ReportFiles.result(workspace))).isEqualTo(again);
    }

    @Test
    void keptDataThatIsWrongFails() throws IOException {
        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
        Files.writeString(
                played.topdir.resolve("Layout-bookworm/collect/proc-swaps"), "Filename Type Size Used Priority\n");

        TestResult again = played.reuse();

        assertThat(again.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(again.evidence().summary()).contains("swap");
        assertThat(played.reuse(new CheckRecord("mine", "Layout.mine", CheckRecord.FAILED, "no"))
                        .checks())
                .anyMatch(check -> check.name().equals("mine") && check.hasFailed());
    }

    @Test
    void dataThatIsNotThereIsNotReused() throws IOException {
        assertThat(played.objection()).contains("nothing of it was kept: there is no ");
        played.guest.installEnd(PlayedRun.TIMED_OUT);
        assertThat(played.run().verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(played.objection()).contains("delivered no data: ").contains("not done after 300 s");
        played.guest.installEnd(FakeGuest.POWER_OFF);
        played.topdir = Files.createDirectory(played.directory.resolve("another"));
        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(played.objection()).isEmpty();
        Workspace workspace = new Workspace(played.topdir.resolve("Layout-bookworm"));
        Files.delete(workspace.reportEvents());
        assertThat(played.objection()).contains("logs was not kept; run it again without --reuse");
        TestResult refused = played.reuse();
        assertThat(refused.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(refused.evidence().summary()).contains("logs was not kept");
        Files.delete(workspace.result());
        assertThat(played.objection()).contains("its run did not come to an end");
    }
}
