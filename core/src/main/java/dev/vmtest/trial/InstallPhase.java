package dev.vmtest.trial;

import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsolePatterns;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.snapshot.SnapshotListener;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Boot or resume the install environment on the empty disks, let the installer work, and judge it by its witnesses. */
final class InstallPhase {

    private static final String NO_SEED =
            "the guest did not find its seed, so that cloud-init ended without having started the installer";

    private final RunContext context;
    private final TestCase test;
    private final Workspace workspace;
    private final MachineBoots boots;

    InstallPhase(RunContext context, TestCase test, Workspace workspace, MachineBoots boots) {
        this.context = context;
        this.test = test;
        this.workspace = workspace;
        this.boots = boots;
    }

    /**
     * Hold an install that has ended.
     *
     * @param failure why it did not work, or nothing if it did
     * @param expected what heard it, where it is meant to fail
     */
    record Ended(MachineEnd end, Optional<PhaseFailure> failure, Optional<ExpectedFailureWitness> expected) {

        /** Demand that it worked. */
        void requireSuccess() throws PhaseFailure {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    Ended run(Preparation.Prepared prepared, ReportRecorder reports, Progress.PhaseTime time, Consumer<Machine> running)
            throws Exception {
        InstallStart start = context.guests()
                .resumption()
                .decide(test, prepared.image(), context.host().accelerator(), new Making(time));
        Attempt attempt = new Attempt(start, prepared, reports, time, running);
        MachineBoots.Ended ended;
        long began = context.chance().ticker().nanos();
        try {
            ended = attempt.run();
            context.guests().resumption().succeeded(start);
        } catch (ResumeFailure failure) {
            InstallStart.Full instead = context.guests().resumption().failed(test, prepared.image(), failure);
            boots.notice("taking the full way, " + instead.reason());
            Duration lost = Duration.ofNanos(context.chance().ticker().nanos() - began);
            time.stages(List.of(
                    new PhaseResult.Stage("failed resumption", ConsoleStages.round(ConsoleStages.seconds(lost)))));
            attempt = new Attempt(instead, prepared, reports, time, running);
            ended = attempt.run();
        }
        MachineBoots.Ended end = ended;
        Optional<PhaseFailure> failure = attempt.witnesses
                .judge(end.end(), end.firstBad())
                .map(objection -> end.failure(Verdict.INSTALL_FAILED, objection));
        return new Ended(end.end(), failure, attempt.expected);
    }

    /** Take the time of a snapshot that had to be made: it is a guest's. */
    private final class Making implements SnapshotListener {

        private final Progress.PhaseTime time;

        Making(Progress.PhaseTime time) {
            this.time = time;
        }

        @Override
        public void notice(String text) {
            boots.notice(text);
        }

        @Override
        public void made(Duration duration) {
            time.guestRan(duration);
            time.stages(
                    List.of(new PhaseResult.Stage("snapshot", ConsoleStages.round(ConsoleStages.seconds(duration)))));
        }
    }

    /** Hold one start of the machine, with witnesses of its own: what a resumption said is not the full boot's fault. */
    private final class Attempt {

        private final InstallStart start;
        private final Preparation.Prepared prepared;
        private final ReportRecorder reports;
        private final Progress.PhaseTime time;
        private final Consumer<Machine> running;
        private final InstallWitnesses witnesses;
        private final Optional<ExpectedFailureWitness> expected;

        Attempt(
                InstallStart start,
                Preparation.Prepared prepared,
                ReportRecorder reports,
                Progress.PhaseTime time,
                Consumer<Machine> running) {
            this.start = start;
            this.prepared = prepared;
            this.reports = reports;
            this.time = time;
            this.running = running;
            SuccessCriteria criteria = prepared.payload().success();
            this.witnesses = new InstallWitnesses(criteria);
            this.expected = Optional.ofNullable(test.config().vmtest().expectedFailure())
                    .map(failure -> new ExpectedFailureWitness(
                            failure, test.config(), !criteria.event().isEmpty()));
        }

        MachineBoots.Ended run() throws Exception {
            time.way(start.text());
            reports.bootBegins();
            reports.onEvent(event -> {
                witnesses.reported(event);
                expected.ifPresent(witness -> witness.reported(event));
            });
            InstallStages stages = new InstallStages(start);
            MachineBoots.Ended ended = boots.run(
                    new BootPlan(
                            Phase.INSTALL,
                            boot(start, prepared),
                            prepared.served(),
                            Limits.install(test.installTimeout()),
                            new BootPlan.ConsoleTexts(
                                    List.of(ConsolePatterns.NO_SEED),
                                    List.of()), // The seed, the events and the payload go by the first NIC to and
                            // from this host.
                            List.of(),
                            "the install is over"),
                    time,
                    running,
                    line -> {
                        witnesses.console(line);
                        expected.ifPresent(witness -> witness.console(line));
                        stages.line(line);
                    });
            if (reports.defect().isPresent()) {
                throw PhaseFailure.infrastructure(
                        "a report event could not be taken: " + reports.defect().get());
            }
            requireSeed(ended.end());
            time.stages(stages.stages(reports, ended.end()));
            return ended;
        }

        /** A guest without its seed has nothing to do, which says nothing about the installer. */
        private void requireSeed(MachineEnd end) throws ResumeFailure, PhaseFailure {
            if (!(end instanceof MachineEnd.Doomed doomed)
                    || !doomed.finding().pattern().equals(ConsolePatterns.NO_SEED)
                    || witnesses.hasHeardTheInstaller()) {
                return;
            }
            if (start instanceof InstallStart.Resumed resumed) {
                throw new ResumeFailure(resumed.snapshot(), NO_SEED);
            }
            throw new PhaseFailure(
                    Verdict.INFRASTRUCTURE,
                    ConsoleEvidence.of(NO_SEED, doomed.finding(), end, "", InstallWitnesses.LOG));
        }
    }

    private Boot boot(InstallStart start, Preparation.Prepared prepared) {
        InstallImage image = prepared.image();
        List<String> commandLine = EphemeralBoot.of(
                        prepared.root(),
                        prepared.seed(),
                        test.machine().architecture().serialDevice())
                .withBootMac(test.machine().nics().get(0).mac())
                .withEnvironmentOnly(KernelArguments.of(test))
                .commandLine();
        List<Boot.Drive> drives = prepared.drives();
        Path variables = test.machine().firmware() == Firmware.UEFI ? workspace.firmwareVariables() : null;
        if (start instanceof InstallStart.Resumed resumed) {
            return new Boot(resumed.kernel(), drives, variables, new Boot.Way.Resume(resumed.snapshot(), commandLine));
        }
        return new Boot(new Boot.DirectKernel(image.kernel(), image.initrd(), commandLine), drives, variables);
    }
}
