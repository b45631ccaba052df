package dev.vmtest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.check.FakeSystem;
import dev.vmtest.config.Problems;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.installer.ExternalInstaller;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunEventLog;
import dev.vmtest.report.RunRecorder;
import dev.vmtest.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives a test into every verdict; the guest is played, everything else is real. */
class TestRunnerTests {

    private static final Duration VM_TIME = Duration.ofSeconds(30);
    private static final MachineEnd TIMED_OUT =
            new MachineEnd.TimedOut(VM_TIME, MachineEnd.TimedOut.Limit.TOTAL, Duration.ofMinutes(5));

    @TempDir
    private Path directory;

    private final List<RunEvent> events = new ArrayList<>();
    private @Nullable FakeSystem system;
    private FakeGuest guest = new FakeGuest(Path.of("unset"));
    private Path topdir = Path.of("unset");
    private KeepRules keepRules = new KeepRules(KeepRules.DEFAULT.onFail(), KeepRules.DEFAULT.onFail());
    private Images images = TestRunnerTests::image;
    private Processes processes = new SilentProcesses();
    private InstallerChoice installer = InstallerChoice.BUILTIN;
    private String known = "{}";
    private @Nullable Attendance attendance;
    private boolean tarDisks;
    private TestDefinition.InstallTarget target = TestDefinition.InstallTarget.SAME;

    @BeforeEach
    void makeSystem() throws IOException {
        FakeSystem right = FakeSystem.in(Files.createDirectory(directory.resolve("system")));
        // An installer saves the defaults that every test gets, too.
        right.write(
                "root/curtin-install-cfg.yaml",
                FakeSystem.layout() + "apt: {preserve_sources_list: true}\nkernel: {install: false}\n");
        system = right;
        guest = new FakeGuest(right.directory());
        topdir = Files.createDirectory(directory.resolve("run"));
    }

    @Test
    void aGoodInstallAndBootPass() throws IOException {
        TestResult result = run();
        assertThat(result.checks()).filteredOn(CheckRecord::hasFailed).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks()).hasSizeGreaterThan(50);
        assertThat(result.evidence()).isEqualTo(Evidence.NONE);
        phases(result, "prepare", "install", "boot", "collect", "check");
        assertThat(result.phases().get(1).vmSeconds()).isEqualTo(30);
        assertThat(result.phases().get(2).vmSeconds()).isEqualTo(30);
        assertThat(result.phases().get(0).vmSeconds()).isZero();
    }

    @Test
    void eventsComeInOrderAndTheResultIsThatOfTheLog() throws IOException {
        TestResult result = run();
        assertThat(events.get(0)).isInstanceOf(RunEvent.TestStarted.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.TestFinished.class);
        List<String> phases = events.stream()
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
        assertThat(events)
                .filteredOn(RunEvent.CheckHeld.class::isInstance)
                .hasSize(result.checks().size());
        assertThat(events).filteredOn(RunEvent.Reported.class::isInstance).hasSize(3);
        Path workspace = topdir.resolve("Layout-bookworm");
        assertThat(RunEventLog.read(workspace)).hasSameSizeAs(events);
        assertThat(ResultFiles.readResult(ReportFiles.result(workspace))).isEqualTo(result);
        RunEvent last = RunEventLog.read(workspace).get(events.size() - 1);
        assertThat(last)
                .isInstanceOfSatisfying(
                        RunEvent.TestFinished.class,
                        finished -> assertThat(finished.result()).isEqualTo(result));
    }

    @Test
    void aSystemThatIsWrongFails() throws IOException {
        Objects.requireNonNull(system).removeLines("proc-swaps", "/dev/vda3");
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        assertThat(result.checks())
                .filteredOn(CheckRecord::hasFailed)
                .isNotEmpty()
                .hasSizeLessThan(5);
        assertThat(result.evidence().summary()).contains("swap");
        phases(result, "prepare", "install", "boot", "collect", "check");
    }

    @Test
    void anotherInstallerThanTheOneOfTheHostFails() throws IOException {
        guest.events(FakeGuest.STARTED_EVENT, FakeGuest.STAGE_EVENT, FakeGuest.finishedBy("vmtest of yesterday"));
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.evidence().summary())
                .contains("should be vmtest test as on this host but was vmtest of yesterday");
    }

    @Test
    void aFailureThatIsKnownIsExpected() throws IOException {
        known = "known_issues: [{test: Layout, pattern: 'the console says', reference: LP-1, expires: 9999-01-01}]";
        guest.installConsole("Unexpected error while running command\n" + FakeGuest.FINISHED);
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.EXPECTED_FAILURE);
        assertThat(result.verdict().exitStatus()).isZero();
        assertThat(result.evidence().summary()).startsWith("known issue LP-1 (known.yaml:1:16): the console says");
    }

    @Test
    void aPassWhereAFailureIsKnownFailsTheRun() throws IOException {
        known = "known_issues: [{test: Layout, pattern: x, reference: LP-1, expires: 9999-01-01}]";
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        assertThat(result.evidence().summary()).contains("LP-1 (known.yaml:1:16)");
    }

    @Test
    void aKnownIssueThatHasExpiredExcusesNothingAndIsNamed() throws IOException {
        known = "known_issues: [{test: Layout, pattern: 'the console says', reference: LP-1, expires: 2020-01-01}]";
        guest.installConsole("Unexpected error while running command\n" + FakeGuest.FINISHED);
        TestResult result = installFailed("the console says: Unexpected error");
        assertThat(result.checks()).extracting(CheckRecord::name).containsExactly("known issue LP-1");
        assertThat(events)
                .filteredOn(RunEvent.Notice.class::isInstance)
                .singleElement()
                .satisfies(notice -> assertThat(notice.toString()).contains("LP-1", "expired on 2020-01-01"));
    }

    @Test
    void aPackThatIsEmptyIsTroubleOfTheHost() throws IOException {
        installer = new InstallerChoice("curtin", "its-curtin");
        processes = new CurtinProcesses("");
        infrastructure("'its-curtin pack' ended with exit status 0, but packed nothing", "prepare");
    }

    @Test
    void anExternalInstallerIsJudgedByTheSameChecks() throws IOException {
        installer = new InstallerChoice("curtin", "its-curtin");
        processes = new CurtinProcesses("#!/bin/sh\n");
        guest.events(FakeGuest.STARTED_EVENT, FakeGuest.STAGE_EVENT, FakeGuest.finishedBy("99.1"));
        TestResult result = run();
        assertThat(result.checks()).filteredOn(CheckRecord::hasFailed).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.installer()).isEqualTo("curtin");
        assertThat(topdir.resolve("Layout-bookworm/install/payload")).hasContent("#!/bin/sh");
        assertThat(topdir.resolve("Layout-bookworm/install/pack.log"))
                .content()
                .containsSubsequence("10-test.yaml", "20-defaults.yaml", "90-reporting.yaml", "cp:///media/root-ro");
    }

    @Test
    void theImageOfAnotherReleaseIsHandedOut() throws IOException {
        Path squashfs = Files.writeString(directory.resolve("squashfs"), "a root");
        images = release -> new InstallImage(
                "debian",
                release,
                "amd64",
                "generic",
                "1",
                "",
                Stream.of("boot-kernel", "boot-initrd", "squashfs")
                        .map(ftype -> new ImageFile(ftype, squashfs, 1, "0".repeat(64)))
                        .toList());
        installer = new InstallerChoice("curtin", "its-curtin");
        processes = new CurtinProcesses("#!/bin/sh\n");
        target = new TestDefinition.InstallTarget("trixie", "squashfs");
        run();
        assertThat(topdir.resolve("Layout-bookworm/install/pack.log"))
                .content()
                .containsPattern("fsimage:http://10\\.0\\.2\\.2:\\d+/[0-9a-f]+/target/squashfs");
    }

    @Test
    void anImageWithoutTheFileToInstallIsTroubleOfTheHost() throws IOException {
        installer = new InstallerChoice("curtin", "its-curtin");
        processes = new CurtinProcesses("#!/bin/sh\n");
        target = new TestDefinition.InstallTarget("", "root-tgz");
        infrastructure("has no root-tgz to install", "prepare");
    }

    @Test
    void theBuiltInInstallerRefusesATargetThatItCannotCopy() {
        target = new TestDefinition.InstallTarget("trixie", "squashfs");
        assertThatThrownBy(() -> run()).hasMessageContaining("installs only a copy of its install environment");
        target = new TestDefinition.InstallTarget("", "root.img");
        assertThatThrownBy(() -> run()).hasMessageContaining("a target of type 'root.img' cannot be installed");
    }

    @Test
    void anAuthorsCheckThatFailsFailsTheTest() throws IOException {
        CheckRecord bad = new CheckRecord("mine", "Mine.test", CheckRecord.FAILED, "no");
        TestResult result = run(bad);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.checks()).endsWith(bad);
        assertThat(result.evidence().summary()).isEqualTo("Mine.test: mine: no");
    }

    @Test
    void anInstallWithoutTheFinishEventFails() throws IOException {
        guest.events(FakeGuest.eventsWithout(FakeGuest.FINISHED_EVENT));
        installFailed("no 'cmd-install' finish event came, although the console says");
    }

    @Test
    void anInstallThatReportsFailureFails() throws IOException {
        guest.events(FakeGuest.STARTED_EVENT, FakeGuest.event("cmd-install", "finish", 2, ", \"result\": \"FAIL\""));
        installFailed("the installer reported cmd-install finish FAIL");
    }

    @Test
    void anInstallWhoseConsoleIsSilentFails() throws IOException {
        guest.installConsole("");
        installFailed("the console never said 'curtin: Installation finished.'");
    }

    @Test
    void anInstallWhoseConsoleSaysAForbiddenTextFails() throws IOException {
        guest.installConsole("before\nUnexpected error while running command\n" + FakeGuest.FINISHED);
        TestResult result = installFailed("the console says: Unexpected error while running command");
        assertThat(result.evidence().context()).contains("before", "Unexpected error while running command");
    }

    @Test
    void anInstallThatEndsOtherwiseThanByPowerOffFails() throws IOException {
        guest.installEnd(new MachineEnd.GuestReset(VM_TIME));
        installFailed("the guest reset instead of powering off");
    }

    @Test
    void anInstallThatTakesTooLongFails() throws IOException {
        guest.installEnd(TIMED_OUT);
        installFailed("the guest was not done after 300 s");
    }

    @Test
    void aBootThatTakesTooLongFails() throws IOException {
        guest.bootEnd(TIMED_OUT);
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(result.evidence().summary()).contains("not done after 300 s");
        assertThat(result.evidence().context()).contains("the installed system boots");
        phases(result, "prepare", "install", "boot");
    }

    @Test
    void dataWithoutANonceIsNotBelieved() throws IOException {
        guest.nonceFile("something-else");
        bootFailed("carries no nonce of a run");
    }

    @Test
    void dataOfAnotherRunIsNotBelieved() throws IOException {
        guest.nonce("0123456789abcdef");
        bootFailed("another run's nonce: 0123456789abcdef");
    }

    @Test
    void dataThatTheSystemCouldNotDeliverIsNotBelieved() throws IOException {
        guest.nonceFile("vmtest-collect-error").nonce("too large");
        bootFailed("could not deliver its data: too large");
    }

    @Test
    void anEmptyOutputDiskIsNotBelieved() throws IOException {
        guest.outputCutAfter(0);
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        phases(result, "prepare", "install", "boot", "collect");
    }

    @Test
    void dataThatWasCutOffIsNotBelieved() throws IOException {
        guest.outputCutAfter(10_000);
        TestResult result = run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        phases(result, "prepare", "install", "boot", "collect");
    }

    @Test
    void aQemuThatEndsByItselfIsTroubleOfTheHost() throws IOException {
        guest.installEnd(new MachineEnd.QemuExited(VM_TIME, 1, "killed"));
        infrastructure("QEMU ended with status 1: killed", "prepare", "install");
    }

    @Test
    void aFullDiskIsTroubleOfTheHost() throws IOException {
        guest.bootEnd(new MachineEnd.HostTrouble(VM_TIME, "no space left on device"));
        infrastructure("no space left on device", "prepare", "install", "boot");
    }

    @Test
    void aMachineThatCannotStartIsTroubleOfTheHost() throws IOException {
        guest.trouble(new MachineException("cannot start the machine"));
        infrastructure("cannot start the machine", "prepare", "install");
    }

    @Test
    void aMissingImageIsTroubleOfTheHost() throws IOException {
        images = release -> {
            throw new ImageException("there is no image of " + release, "build it");
        };
        infrastructure("there is no image of bookworm; build it", "prepare");
    }

    @Test
    void aToolThatFailsIsTroubleOfTheHost() throws IOException {
        processes = new FailingProcesses();
        infrastructure("xorrisofs is not installed", "prepare", "install", "boot");
    }

    @Test
    void aDefectOfOursIsNeverBlamedOnTheInstaller() throws IOException {
        guest.defect(new IllegalStateException("ours"));
        infrastructure("a defect of vmtest: java.lang.IllegalStateException: ours", "prepare", "install");
    }

    @Test
    void aTestForOtherArchitecturesIsSkippedWithoutAWorkspacesWork() throws IOException {
        TestResult result = run("amd64");
        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.verdict().exitStatus()).isZero();
        assertThat(result.evidence().summary()).isEqualTo("not for a host of architecture amd64");
        assertThat(result.phases()).isEmpty();
        assertThat(topdir.resolve("Layout-bookworm/disks")).doesNotExist();
    }

    @Test
    void aTestThatPassedLeavesNothingByDefaultAndOneThatFailedAll() throws IOException {
        keepRules = KeepRules.DEFAULT;
        assertThat(run().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(topdir.resolve("Layout-bookworm")).doesNotExist();
        guest.nonce("other");
        assertThat(run().verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(topdir.resolve("Layout-bookworm/disks")).isNotEmptyDirectory();
        assertThat(topdir.resolve("Layout-bookworm/result.json")).isNotEmptyFile();
    }

    @Test
    void theChecksOfKeptDataAreHeldAgainAndNothingIsPruned() throws IOException {
        TestResult first = run();
        keepRules = KeepRules.DEFAULT;
        Path workspace = topdir.resolve("Layout-bookworm");
        byte[] log = Files.readAllBytes(new Workspace(workspace).runEvents());
        guest = new FakeGuest(Path.of("nowhere"));

        TestResult again = reuse(new CheckRecord("mine", "Layout.mine", CheckRecord.PASSED, ""));

        assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(again.checks())
                .containsAll(first.checks())
                .hasSize(first.checks().size() + 1);
        phases(again, "prepare", "install", "boot", "collect", "check");
        assertThat(again.phases().subList(0, 4)).isEqualTo(first.phases().subList(0, 4));
        assertThat(workspace.resolve("disks")).isNotEmptyDirectory();
        assertThat(Files.readAllBytes(new Workspace(workspace).runEvents())).isEqualTo(log);
        assertThat(ResultFiles.readResult(ReportFiles.result(workspace))).isEqualTo(again);
    }

    @Test
    void keptDataThatIsWrongFails() throws IOException {
        assertThat(run().verdict()).isEqualTo(Verdict.PASSED);
        Files.writeString(topdir.resolve("Layout-bookworm/collect/proc-swaps"), "Filename Type Size Used Priority\n");

        TestResult again = reuse();

        assertThat(again.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(again.evidence().summary()).contains("swap");
        assertThat(reuse(new CheckRecord("mine", "Layout.mine", CheckRecord.FAILED, "no"))
                        .checks())
                .anyMatch(check -> check.name().equals("mine") && check.hasFailed());
    }

    @Test
    void dataThatIsNotThereIsNotReused() throws IOException {
        assertThat(objection()).contains("nothing of it was kept: there is no ");
        guest.installEnd(TIMED_OUT);
        assertThat(run().verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(objection()).contains("delivered no data: ").contains("not done after 300 s");
        guest.installEnd(FakeGuest.POWER_OFF);
        topdir = Files.createDirectory(directory.resolve("another"));
        assertThat(run().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(objection()).isEmpty();
        Workspace workspace = new Workspace(topdir.resolve("Layout-bookworm"));
        Files.delete(workspace.reportEvents());
        assertThat(objection()).contains("logs was not kept; run it again without --reuse");
        TestResult refused = reuse();
        assertThat(refused.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(refused.evidence().summary()).contains("logs was not kept");
        Files.delete(workspace.result());
        assertThat(objection()).contains("its run did not come to an end");
    }

    private TestResult reuse(CheckRecord... authorChecks) throws IOException {
        try (RunRecorder recorder = RunRecorder.ofResults(topdir)) {
            KeptDataRunner runner = new KeptDataRunner(context(recorder), TestRunnerTests::earlier);
            return runner.finish(runner.execute(testCase("")), List.of(authorChecks));
        }
    }

    private String objection() {
        return KeptDataRunner.objection(testCase(""), topdir, TestRunnerTests::earlier)
                .orElse("");
    }

    private static Optional<TestResult> earlier(Path testDirectory) {
        try {
            return RunReport.kept(testDirectory);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Test
    void whoeverLeavesTheConsoleHasNothingJudged() throws IOException {
        attendance = new Attendance(null, "127.0.0.1:1");
        guest.installEnd(new MachineEnd.Cancelled(VM_TIME));

        TestResult result = run();

        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.evidence().summary())
                .isEqualTo("left at the console during the phase install, so nothing was judged");
        assertThat(topdir.resolve("Layout-bookworm/disks")).isNotEmptyDirectory();
    }

    @Test
    void aMachineThatIsAttendedStaysUpAndIsJudgedLikeAnyOther() throws IOException {
        assertThat(run().verdict()).isEqualTo(Verdict.PASSED);
        Path workspace = topdir.resolve("Layout-bookworm");
        assertThat(Files.readString(workspace.resolve("install/user-data"))).contains("power_state");
        attendance = new Attendance(null, "127.0.0.1:1");
        topdir = Files.createDirectory(directory.resolve("attended"));
        workspace = topdir.resolve("Layout-bookworm");

        assertThat(run().verdict()).isEqualTo(Verdict.PASSED);

        assertThat(Files.readString(workspace.resolve("install/user-data"))).doesNotContain("power_state");
        assertThat(Files.readString(workspace.resolve("boot/seed/user-data"))).doesNotContain("power_state");
        assertThat(events)
                .filteredOn(event -> event instanceof RunEvent.Notice notice
                        && notice.text().contains("its screen is at 127.0.0.1:1; it stays up"))
                .hasSize(2);
    }

    @Test
    void keptDisksArePackedWhenAskedFor() throws IOException {
        tarDisks = true;
        try (SupervisedProcesses tools = new SupervisedProcesses()) {
            processes = tools;
            assertThat(run().verdict()).isEqualTo(Verdict.PASSED);
        }
        Path disks = topdir.resolve("Layout-bookworm/disks");
        assertThat(disks.resolve(DiskImages.PACKED)).exists();
        assertThat(Files.size(disks.resolve(DiskImages.PACKED))).as("sparse").isLessThan(1 << 20);
        assertThat(disks).isDirectoryNotContaining("glob:**.img");
    }

    private TestResult installFailed(String says) throws IOException {
        TestResult result = run();
        assertThat(result.evidence().summary()).contains(says);
        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        phases(result, "prepare", "install");
        return result;
    }

    private void bootFailed(String says) throws IOException {
        TestResult result = run();
        assertThat(result.evidence().summary()).contains(says);
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        phases(result, "prepare", "install", "boot", "collect");
    }

    private void infrastructure(String says, String... phases) throws IOException {
        TestResult result = run();
        assertThat(result.evidence().summary()).contains(says);
        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.verdict().exitStatus()).isEqualTo(3);
        phases(result, phases);
    }

    private static void phases(TestResult result, String... names) {
        assertThat(result.phases()).extracting(PhaseResult::name).containsExactly(names);
    }

    private TestResult run(CheckRecord... authorChecks) throws IOException {
        return run("", authorChecks);
    }

    private TestResult run(String skippedArchitecture, CheckRecord... authorChecks) throws IOException {
        events.clear();
        try (RunRecorder recorder = new RunRecorder(topdir)) {
            TestRunner runner = new TestRunner(context(event -> {
                synchronized (events) {
                    events.add(event);
                }
                recorder.happened(event);
            }));
            return runner.finish(runner.execute(testCase(skippedArchitecture)), List.of(authorChecks));
        }
    }

    private RunContext context(RunListener listener) {
        return new RunContext(
                topdir,
                "test",
                Accelerator.tcg("played"),
                processes,
                guest,
                images,
                Map.of(
                        BuiltinInstaller.NAME,
                        new BuiltinInstaller(),
                        ExternalInstaller.NAME,
                        new ExternalInstaller(installer.command(), processes)),
                keepRules,
                tarDisks,
                null,
                List.of(),
                InstantSource.system(),
                Ticker.SYSTEM,
                new Random(1),
                listener,
                Fidelity.FULL,
                Resumption.never(),
                attendance,
                log -> {
                    throw new IscsiException("no test here has iSCSI disks");
                });
    }

    private TestCase testCase(String skippedArchitecture) {
        TestDefinition plain = TestDefinition.ofConfig(
                "Layout", new ConfigSource("layout.yaml", FakeSystem.layout()), List.of("bookworm"));
        TestDefinition definition = new TestDefinition(
                plain.name(),
                plain.origin(),
                plain.config(),
                plain.releases(),
                plain.machine(),
                List.of(),
                null,
                null,
                "",
                List.of(),
                List.of(skippedArchitecture),
                target);
        TestCases cases = new TestCases(new TestCases.Defaults(
                installer,
                ConfigAdditions.NONE,
                KnownIssues.parse("known.yaml", known),
                0,
                0,
                "user",
                Duration.ofMinutes(50),
                Duration.ofMinutes(5),
                "amd64"));
        Problems problems = new Problems();
        List<TestCase> found = cases.of(definition, definition.releases(), problems);
        problems.throwIfAny();
        return found.get(0);
    }

    private static InstallImage image(String release) {
        return new InstallImage(
                "debian",
                release,
                "amd64",
                "generic",
                "20260101.1",
                "",
                Stream.of("boot-kernel", "boot-initrd", "squashfs")
                        .map(ftype -> new ImageFile(ftype, Path.of("/nowhere", ftype), 1, "0".repeat(64)))
                        .toList());
    }

    /** Makes an empty file where a tool would make an image: the played guest reads no seed disk. */
    private static class SilentProcesses implements Processes {

        @Override
        public Completed run(Command command, Duration timeout) throws ProcessException {
            int output = command.arguments().indexOf("-o");
            try {
                Files.createFile(Path.of(command.arguments().get(output + 1)));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
            return new Completed(command, 0, "", "", Duration.ZERO);
        }

        @Override
        public Running start(Command command, Path output) {
            throw new UnsupportedOperationException(command.toShell());
        }

        @Override
        public Running startInteractive(Command command) {
            throw new UnsupportedOperationException(command.toShell());
        }
    }

    /** Has a curtin of a known version that packs what it is given. */
    private static final class CurtinProcesses extends SilentProcesses {

        private final String pack;

        CurtinProcesses(String pack) {
            this.pack = pack;
        }

        @Override
        public Completed run(Command command, Duration timeout) throws ProcessException {
            if (command.arguments().contains("version")) {
                return new Completed(command, 0, "99.1\n", "", Duration.ZERO);
            }
            return command.arguments().contains("pack")
                    ? new Completed(command, 0, pack, "", Duration.ZERO)
                    : super.run(command, timeout);
        }
    }

    /** Lacks every program. */
    private static final class FailingProcesses extends SilentProcesses {

        @Override
        public Completed run(Command command, Duration timeout) throws ProcessException {
            throw new ProcessException(
                    ProcessException.Reason.MISSING,
                    "the program " + command.program() + " is not installed",
                    "doctor");
        }
    }
}
