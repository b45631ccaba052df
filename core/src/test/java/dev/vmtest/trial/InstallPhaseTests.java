package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.Problems;
import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.FakeMachines;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.Ticker;
import dev.vmtest.machine.snapshot.SnapshotListener;
import dev.vmtest.machine.snapshot.SnapshotRequest;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Start the install environment both ways, with machines that only say what they are told to. */
class InstallPhaseTests {

    private static final String FINISHED = "curtin: Installation finished.";

    private static final String NO_SEED = """
            [   16.9] python3[251]: Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:11:22 +0000.
            [   17.0] python3[251]: Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:11:23 +0000. Datasource DataSourceNone.  Up 16.94 seconds
            """;

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final List<RunEvent> events = new ArrayList<>();
    private final List<Boot.Way> started = new ArrayList<>();
    private final List<Boot> boots = new ArrayList<>();
    private final OneSnapshot store = new OneSnapshot();
    private @Nullable PhaseResult result;

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void resumesAndSaysWhereTheTimeWent() throws Exception {
        run((request, reports) -> install(request, reports, EphemeralBoot.RESUMED, EphemeralBoot.HARDWARE, FINISHED));

        assertThat(started).singleElement().isInstanceOf(Boot.Way.Resume.class);
        assertThat(store.answered).as("whether the snapshot is known to work").isTrue();
        PhaseResult phase = phase();
        assertThat(phase.way()).isEqualTo("resume");
        assertThat(phase.stages().stream().map(PhaseResult.Stage::name))
                .containsSubsequence("snapshot", "resume", "hardware", "extract", "power-off");
        assertThat(phase.vmSeconds())
                .as("the boot that was saved and the install")
                .isEqualTo(50);
    }

    @Test
    void bootsInFullWhatCannotBeResumed() throws Exception {
        run((request, reports) -> {
            if (request.boot().way() instanceof Boot.Way.Resume) {
                // What the attempt said must not count against the boot that follows.
                request.dialogue().listener().line(new ConsoleLine(Duration.ZERO, 1, "Kernel panic - not syncing"));
                throw new MachineException("the machine's agent said nothing within 60 s");
            }
            return install(request, reports, "[    0.000000] Linux version 6.1", FINISHED);
        });

        assertThat(started).hasSize(2).last().isInstanceOf(Boot.Way.Full.class);
        assertThat(phase().way())
                .isEqualTo("full instead of resume: resuming failed: the machine's agent said nothing within 60 s");
        assertThat(phase().stages().stream().map(PhaseResult.Stage::name))
                .startsWith("snapshot", "failed resumption", "firmware");
        assertThat(store.discarded).as("the snapshot is not to blame").isFalse();
        assertThat(store.answered).isFalse();
        assertThat(events)
                .filteredOn(RunEvent.Notice.class::isInstance)
                .map(event -> ((RunEvent.Notice) event).text())
                .containsExactly("taking the full way, resuming failed: the machine's agent said nothing within 60 s");
    }

    @Test
    void aGuestThatDoesNotFindItsSeedIsNotTheInstallersFault() {
        assertThatThrownBy(() -> run(
                        (request, reports) -> FakeMachines.ended(request, NO_SEED, FakeGuest.POWER_OFF),
                        Fidelity.FULL,
                        Resumption.never()))
                .isInstanceOfSatisfying(PhaseFailure.class, failure -> {
                    assertThat(failure.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
                    assertThat(failure.evidence().summary()).contains("the guest did not find its seed");
                    assertThat(failure.evidence()
                                    .context()
                                    .get(failure.evidence().badLine()))
                            .contains("DataSourceNone");
                });
    }

    @Test
    void bootsInFullWhatDoesNotFindItsSeedWhenItIsResumed() throws Exception {
        run((request, reports) -> request.boot().way() instanceof Boot.Way.Resume
                ? FakeMachines.ended(request, NO_SEED, FakeGuest.POWER_OFF)
                : install(request, reports, "[    0.000000] Linux version 6.1", FINISHED));

        assertThat(started).hasSize(2).last().isInstanceOf(Boot.Way.Full.class);
        assertThat(phase().way())
                .startsWith("full instead of resume: resuming failed: the guest did not find its seed");
        assertThat(store.discarded).as("the snapshot is not to blame").isFalse();
    }

    @Test
    void anInstallerThatSaysSoMeansAnotherSeed() {
        assertThatThrownBy(() -> run(
                        (request, reports) -> {
                            reports.reported(event("cmd-install", "start", null, 10));
                            return FakeMachines.ended(request, NO_SEED, FakeGuest.POWER_OFF);
                        },
                        Fidelity.FULL,
                        Resumption.never()))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.verdict()).isEqualTo(Verdict.INSTALL_FAILED));
    }

    @ParameterizedTest
    @CsvSource({"FULL, root=/dev/disk/by-id/virtio-boot-disk, boot-disk", "FULL_HTTP, root=squash:http://, ''"})
    void bootsInFullFromADiskOrOverHttp(Fidelity fidelity, String root, String drive) throws Exception {
        run(
                (request, reports) -> install(request, reports, "[    0.000000] Linux version 6.1", FINISHED),
                fidelity,
                Resumption.never());

        assertThat(phase().way()).isEqualTo("full: asked for");
        Boot boot = boots.get(0);
        Boot.DirectKernel kernel = java.util.Objects.requireNonNull(boot.kernel());
        assertThat(kernel.commandLine()).anyMatch(argument -> argument.startsWith(root));
        assertThat(boot.drives().stream().map(Boot.Drive::serial))
                .isEqualTo(drive.isEmpty() ? List.of() : List.of(drive));
    }

    @Test
    void isTroubleOfTheInfrastructureWhenNeitherWayWorks() {
        assertThatThrownBy(() -> run((request, reports) -> {
                    throw new MachineException("QEMU could not start the machine (status 1)");
                }))
                .isInstanceOfSatisfying(PhaseFailure.class, failure -> {
                    assertThat(failure.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
                    assertThat(failure.evidence().summary()).contains("QEMU could not start the machine");
                });
        assertThat(started).hasSize(2);
    }

    /** Play one start of a machine. */
    @FunctionalInterface
    private interface Play {
        Machine start(MachineRequest request, ReportRecorder reports) throws MachineException;
    }

    private static Machine install(MachineRequest request, ReportRecorder reports, String... lines)
            throws MachineException {
        reports.reported(event("cmd-install/stage-extract", "start", null, 10));
        reports.reported(event("cmd-install/stage-extract", "finish", "SUCCESS", 25));
        reports.reported(event("cmd-install", "finish", "SUCCESS", 26));
        return FakeMachines.ended(request, String.join("\n", lines) + "\n", FakeGuest.POWER_OFF);
    }

    private static ReportEvent event(String name, String type, @Nullable String result, long second) {
        return new ReportEvent(name, "", type, "curtin", Instant.ofEpochSecond(second), "INFO", result, List.of());
    }

    private void run(Play play) throws Exception {
        run(play, Fidelity.RESUME, new Resumption(store, image -> directory));
    }

    private void run(Play play, Fidelity fidelity, Resumption resumption) throws Exception {
        Progress progress =
                new Progress("Example [bookworm]", TestSecrets.NONE, events::add, Instant::now, Ticker.SYSTEM);
        ReportRecorder reports = new ReportRecorder(progress);
        Machines machines = FakeMachines.played(request -> {
            started.add(request.boot().way());
            boots.add(request.boot());
            return play.start(request, reports);
        });
        RunContext context = context(machines, fidelity, resumption);
        Workspace workspace = Workspace.create(directory.resolve("example"));
        TestCase test = test();
        MachineBoots machineBoots = new MachineBoots(context, test, workspace, progress);
        InstallPayload payload = new InstallPayload("payload", new byte[0], SuccessCriteria.CURTIN, "test", "a system");
        try (PublishServer server = PublishServer.onLoopback(PublishServer.newSecret(new Random(1)), reports)) {
            Preparation.Prepared prepared = new Preparation.Prepared(
                    test, image(), payload, server, context.guests().fidelity().fetchesRoot());
            progress.phase(
                            Phase.INSTALL,
                            time -> new InstallPhase(context, test, workspace, machineBoots)
                                    .run(prepared, reports, time, machine -> {}))
                    .requireSuccess();
        } finally {
            result = progress.phases().get(0);
        }
    }

    private PhaseResult phase() {
        assertThat(result).isNotNull();
        return java.util.Objects.requireNonNull(result);
    }

    private RunContext context(Machines machines, Fidelity fidelity, Resumption resumption) {
        return new RunContext(
                new RunContext.Keeping(directory, KeepRules.DEFAULT, false),
                "0",
                new RunContext.HostSide(
                        Accelerator.tcg("test"), processes, machines, release -> image(), PlayedRun.WITHOUT_ISCSI),
                new BuiltinInstaller("test"),
                events::add,
                new RunContext.TimeAndChance(Instant::now, Ticker.SYSTEM, new Random(1)),
                new RunContext.Guests(fidelity, resumption, null, null, List.of()));
    }

    private InstallImage image() {
        List<ImageFile> files = new ArrayList<>();
        for (String ftype : List.of("boot-kernel", "boot-initrd", "squashfs")) {
            files.add(new ImageFile(ftype, directory.resolve(ftype), 1, "sha-of-" + ftype));
        }
        Path agent = directory.resolve("agent");
        try {
            Files.writeString(agent, "1\n");
        } catch (java.io.IOException failure) {
            throw new AssertionError(failure);
        }
        files.add(new ImageFile("agent", agent, 2, "sha-of-agent"));
        return new InstallImage("debian", "bookworm", "amd64", "generic", "20261122", "inputs", files);
    }

    private static TestCase test() {
        Problems problems = new Problems();
        TestDefinition definition =
                TestDefinition.ofConfig("Example", new ConfigSource("example.yaml", "{}"), List.of("bookworm"));
        List<TestCase> cases = new TestCases(SampleDefaults.BUILTIN).of(definition, List.of("bookworm"), problems);
        problems.throwIfAny();
        return cases.get(0);
    }

    /** Have a snapshot, and remember whether it was thrown away. */
    private final class OneSnapshot implements Resumption.Store {

        private boolean discarded;
        private boolean answered;

        @Override
        public Snapshot obtain(SnapshotRequest request, SnapshotListener listener) {
            listener.made(Duration.ofSeconds(20));
            return new Snapshot("key", directory);
        }

        @Override
        public void discard(Snapshot snapshot) {
            discarded = true;
        }

        @Override
        public boolean silent(Snapshot snapshot) {
            return false;
        }

        @Override
        public void answered(Snapshot snapshot) {
            answered = true;
        }
    }
}
