package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.disk.DiskImages;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunEventLog;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Take a test through its phases to its end; the guest is played, everything else is real. */
class TestRunnerTests {

    private final PlayedRun played;

    TestRunnerTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void aGoodInstallAndBootPass() throws IOException {
        TestResult result = played.run();
        assertThat(result.checks()).filteredOn(CheckRecord::hasFailed).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks()).hasSizeGreaterThan(50);
        assertThat(result.evidence()).isEqualTo(Evidence.NONE);
        PlayedRun.assertPhases(result, "prepare", "install", "boot", "collect", "check");
        assertThat(result.phases().get(1).vmSeconds()).isEqualTo(30);
        assertThat(result.phases().get(2).vmSeconds()).isEqualTo(30);
        assertThat(result.phases().get(0).vmSeconds()).isZero();
        assertThat(result.phases().get(0).way())
                .startsWith("boots bookworm amd64/generic 20260101.1, installs the root of the install environment");
    }

    @Test
    void whatIsNotCoveredIsSaidInTheResultWithItsPlace() throws IOException {
        played.yaml += "vmtest: {not_judged: [the colour of the case]}\n";

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks())
                .filteredOn(check -> check.name().equals("not judged"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.verdict()).isEqualTo(CheckRecord.NOT_JUDGED);
                    assertThat(check.message()).isEqualTo("the colour of the case");
                    assertThat(check.source()).matches("layout.yaml:[0-9]+:23");
                });
    }

    @Test
    void aSectionThatNoCheckHoldsIsSaidInTheResultWithItsPlace() throws IOException {
        played.yaml += "vmtest: {boot_cloudconf: {runcmd: [[touch, /x]]}}\n";

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks())
                .filteredOn(CheckRecord::isNotJudged)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.source()).matches("layout.yaml:[0-9]+:10");
                    assertThat(check.message()).startsWith("not judged: vmtest.boot_cloudconf: ");
                });
    }

    @Test
    void eventsComeInOrderAndTheResultIsThatOfTheLog() throws IOException {
        TestResult result = played.run();
        assertThat(played.events.get(0)).isInstanceOf(RunEvent.TestStarted.class);
        assertThat(played.events.get(played.events.size() - 1)).isInstanceOf(RunEvent.TestFinished.class);
        List<String> phases = played.events.stream()
                .flatMap(event -> event instanceof RunEvent.PhaseStarted started
                        ? Stream.of("+" + started.phase().text())
                        : event instanceof RunEvent.PhaseFinished finished
                                ? Stream.of("-" + finished.phase().text())
                                : Stream.of())
                .toList();
        assertThat(phases)
                .containsExactly(
                        "+prepare",
                        "-prepare",
                        "+install",
                        "-install",
                        "+boot",
                        "-boot",
                        "+collect",
                        "-collect",
                        "+check",
                        "-check");
        assertThat(played.events)
                .filteredOn(RunEvent.CheckHeld.class::isInstance)
                .hasSize(result.checks().size());
        assertThat(played.events)
                .filteredOn(RunEvent.Reported.class::isInstance)
                .hasSize(3);
        Path workspace = played.topdir.resolve("Layout-bookworm");
        assertThat(RunEventLog.read(workspace)).hasSameSizeAs(played.events);
        assertThat(ResultFiles.readResult(ReportFiles.result(workspace))).isEqualTo(result);
        RunEvent last = RunEventLog.read(workspace).get(played.events.size() - 1);
        assertThat(last)
                .isInstanceOfSatisfying(
                        RunEvent.TestFinished.class,
                        finished -> assertThat(finished.result()).isEqualTo(result));
    }

    @Test
    void aSystemThatIsWrongFails() throws IOException {
        played.system.removeLines("proc-swaps", "/dev/vda3");
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        assertThat(result.checks())
                .filteredOn(CheckRecord::hasFailed)
                .isNotEmpty()
                .hasSizeLessThan(5);
        assertThat(result.evidence().summary()).contains("swap");
        PlayedRun.assertPhases(result, "prepare", "install", "boot", "collect", "check");
    }

    @Test
    void anotherInstallerThanTheOneOfTheHostFails() throws IOException {
        played.guest.events(
                FakeGuest.STARTED_EVENT, FakeGuest.STAGE_EVENT, FakeGuest.finishedBy("vmtest of yesterday"));
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.evidence().summary())
                .contains("should be vmtest test as on this host but was vmtest of yesterday");
    }

    @Test
    void anAuthorsCheckThatFailsFailsTheTest() throws IOException {
        CheckRecord bad = new CheckRecord("mine", "Mine.test", CheckRecord.FAILED, "no");
        TestResult result = played.run(bad);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.checks()).endsWith(bad);
        assertThat(result.evidence().summary()).isEqualTo("Mine.test: mine: no");
    }

    @Test
    void failedChecksOfTheAuthorAndDerivedOnesAreOneNumber() throws IOException {
        played.system.removeLines("proc-swaps", "/dev/vda3");
        TestResult result = played.run(new CheckRecord("mine", "Mine.test", CheckRecord.FAILED, "no"));
        long failed = result.checks().stream().filter(CheckRecord::hasFailed).count();
        assertThat(result.evidence().summary()).endsWith(" (and " + (failed - 1) + " more)");
        assertThat(result.checks())
                .filteredOn(check -> check.verdict().equals(CheckRecord.PASSED))
                .isNotEmpty()
                .extracting(CheckRecord::message)
                .doesNotContain("");
    }

    @Test
    void aTestForOtherArchitecturesIsSkippedWithoutAWorkspacesWork() throws IOException {
        TestResult result = played.run("amd64");
        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.verdict().exitStatus()).isZero();
        assertThat(result.evidence().summary()).isEqualTo("not for a host of architecture amd64");
        assertThat(result.phases()).isEmpty();
        assertThat(played.topdir.resolve("Layout-bookworm/disks")).doesNotExist();
    }

    @Test
    void aTestThatPassedLeavesNothingByDefaultAndOneThatFailedAll() throws IOException {
        played.keepRules = KeepRules.DEFAULT;
        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(played.topdir.resolve("Layout-bookworm")).doesNotExist();
        played.guest.nonce("other");
        assertThat(played.run().verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(played.topdir.resolve("Layout-bookworm/disks")).isNotEmptyDirectory();
        assertThat(played.topdir.resolve("Layout-bookworm/result.json")).isNotEmptyFile();
    }

    @Test
    void keptDisksArePackedWhenAskedFor() throws IOException {
        played.tarDisks = true;
        try (SupervisedProcesses tools = new SupervisedProcesses()) {
            played.processes = tools;
            assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
        }
        Path disks = played.topdir.resolve("Layout-bookworm/disks");
        assertThat(disks.resolve(DiskImages.PACKED)).exists();
        assertThat(Files.size(disks.resolve(DiskImages.PACKED))).as("sparse").isLessThan(1 << 20);
        assertThat(disks).isDirectoryNotContaining("glob:**.img");
    }
}
