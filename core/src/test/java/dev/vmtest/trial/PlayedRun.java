package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.check.FakeSystem;
import dev.vmtest.config.Problems;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServers;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Processes;
import dev.vmtest.report.RunRecorder;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunListener;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.SampleDefinition;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Run one test of which the guest is played and everything else is real. A test says first what is to be different, and
 * then runs it.
 */
final class PlayedRun {

    /** Most tests with a played guest have no iSCSI disks. */
    static final IscsiServers WITHOUT_ISCSI = (log, discovers) -> {
        throw new IscsiException("no test here has iSCSI disks");
    };

    static final Duration VM_TIME = Duration.ofSeconds(30);
    static final MachineEnd TIMED_OUT =
            new MachineEnd.TimedOut(VM_TIME, MachineEnd.TimedOut.Limit.TOTAL, Duration.ofMinutes(5));

    final Path directory;
    final List<RunEvent> events = new ArrayList<>();
    final FakeSystem system;
    FakeGuest guest;
    Path topdir;
    KeepRules keepRules = new KeepRules(KeepRules.DEFAULT.onFail(), KeepRules.DEFAULT.onFail());
    Images images = PlayedRun::image;
    Processes processes = new PlayedProcesses();
    InstallerChoice installer = BuiltinChoice.CHOICE;
    IscsiServers iscsi = WITHOUT_ISCSI;
    String known = "{}";
    String yaml = FakeSystem.layout();

    @Nullable
    Attendance attendance;

    boolean tarDisks;
    TestDefinition.InstallTarget target = TestDefinition.InstallTarget.SAME;

    PlayedRun(Path directory) throws IOException {
        this.directory = directory;
        this.system = FakeSystem.in(Files.createDirectory(directory.resolve("system")));
        // An installer saves the defaults that every test gets, too.
        system.write(
                "root/curtin-install-cfg.yaml",
                FakeSystem.layout() + "apt: {preserve_sources_list: true}\nkernel: {install: false}\n");
        this.guest = new FakeGuest(system.directory());
        this.topdir = Files.createDirectory(directory.resolve("run"));
    }

    TestResult run(CheckRecord... authorChecks) throws IOException {
        return run("", authorChecks);
    }

    TestResult run(String skippedArchitecture, CheckRecord... authorChecks) throws IOException {
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

    /** Run, and once more if nothing was learned from the first time. */
    TestResult runAgainIfStarved() throws IOException {
        events.clear();
        try (RunRecorder recorder = new RunRecorder(topdir)) {
            TestRunner runner = new TestRunner(context(event -> {
                events.add(event);
                recorder.happened(event);
            }));
            TestCase test = testCase("");
            TestOutcome first = runner.execute(test);
            return runner.finish(runner.tryAgain(test, first).orElse(first), List.of());
        }
    }

    /** Hold the checks again on what was kept. */
    TestResult reuse(CheckRecord... authorChecks) throws IOException {
        try (RunRecorder recorder = RunRecorder.ofResults(topdir)) {
            KeptDataRunner runner = new KeptDataRunner(context(recorder), PlayedRun::earlier);
            return runner.finish(runner.execute(testCase("")), List.of(authorChecks));
        }
    }

    /** Return why the kept data cannot be used. */
    String objection() {
        return KeptDataRunner.objection(testCase(""), topdir, PlayedRun::earlier)
                .orElse("");
    }

    private static Optional<TestResult> earlier(Path testDirectory) {
        try {
            return RunReport.kept(testDirectory);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Run, and expect the install to fail. */
    TestResult installFailed(String says) throws IOException {
        TestResult result = run();
        assertThat(result.evidence().summary()).contains(says);
        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        assertPhases(result, "prepare", "install");
        return result;
    }

    /** Run, and expect the data of the first boot not to be believed. */
    void bootFailed(String says) throws IOException {
        TestResult result = run();
        assertThat(result.evidence().summary()).contains(says);
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        assertPhases(result, "prepare", "install", "boot", "collect");
    }

    /** Run, and expect trouble of the host in the last of some phases. */
    void infrastructure(String says, String... phases) throws IOException {
        TestResult result = run();
        assertThat(result.evidence().summary()).contains(says);
        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.verdict().exitStatus()).isEqualTo(3);
        assertPhases(result, phases);
    }

    static void assertPhases(TestResult result, String... names) {
        assertThat(result.phases()).extracting(PhaseResult::name).containsExactly(names);
    }

    private RunContext context(RunListener listener) {
        return new RunContext(
                new RunContext.Keeping(topdir, keepRules, tarDisks),
                "test",
                new RunContext.HostSide(Accelerator.tcg("played"), processes, guest, images, iscsi),
                installer.open(processes, "test"),
                listener,
                new RunContext.TimeAndChance(InstantSource.system(), Ticker.SYSTEM, new Random(1)),
                new RunContext.Guests(Fidelity.FULL, Resumption.never(), attendance, null, List.of()));
    }

    private TestCase testCase(String skippedArchitecture) {
        TestDefinition plain =
                TestDefinition.ofConfig("Layout", new ConfigSource("layout.yaml", yaml), List.of("bookworm"));
        TestDefinition definition = SampleDefinition.of(plain, List.of(skippedArchitecture), List.of(), target);
        TestCases cases =
                new TestCases(SampleDefaults.of(installer, KnownIssues.parse("known.yaml", known), Fidelity.RESUME));
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
}
