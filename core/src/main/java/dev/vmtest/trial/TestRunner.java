package dev.vmtest.trial;

import dev.vmtest.config.ConfigException;
import dev.vmtest.disk.DiskException;
import dev.vmtest.facts.Facts;
import dev.vmtest.files.NewFile;
import dev.vmtest.image.ImageException;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.process.ProcessException;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.Phase;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Take a test through its phases in a workspace of its own.
 *
 * <p>Every way in which a run can end is a verdict. Only the host is blamed for what is not
 * foreseen, never the installer.
 */
public final class TestRunner implements TestExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(TestRunner.class);

    private final RunContext context;

    public TestRunner(RunContext context) {
        this.context = context;
    }

    @Override
    public TestOutcome execute(TestCase test) {
        return execute(test, List.of());
    }

    @Override
    public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
        if (!first.isStarved()) {
            return Optional.empty();
        }
        String said = "tried once more, alone: in the first attempt the host starved its guest ("
                + first.evidence().failure().sign() + ")";
        try {
            first.workspace().setAside();
        } catch (IOException trouble) {
            LOG.warn("{}: the first attempt cannot be set aside, so there is no second", test.title(), trouble);
            return Optional.empty();
        }
        return Optional.of(execute(test, List.of(said)));
    }

    private TestOutcome execute(TestCase test, List<String> warnings) {
        Progress progress = new Progress(
                test.title(),
                TestSecrets.of(test.config()),
                context.listener(),
                context.chance().clock(),
                context.chance().ticker());
        Path directory = context.keeping().topdir().resolve(test.directoryName());
        progress.testStarted(test.directoryName());
        warnings.forEach(progress::warning);
        Execution execution = new Execution(test, directory, progress);
        if (!test.skipReason().isEmpty()) {
            return execution.outcome(Verdict.SKIPPED, Evidence.of(test.skipReason()));
        }
        try {
            execution.run();
            return execution.outcome(execution.checkVerdict(), execution.checkEvidence());
        } catch (PhaseFailure failure) {
            return FullDisk.isFull(directory)
                    ? execution.outcome(
                            Verdict.INFRASTRUCTURE,
                            FullDisk.evidence(context.keeping().topdir(), failure.evidence()))
                    : execution.outcome(failure.verdict(), failure.evidence());
        } catch (ConfigException wrong) {
            return execution.outcome(Verdict.INFRASTRUCTURE, Evidence.of(String.valueOf(wrong.getMessage())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return execution.outcome(Verdict.INFRASTRUCTURE, Evidence.of("interrupted"));
        } catch (IOException
                | ProcessException
                | DiskException
                | ImageException
                | MachineException
                | InstallerException
                | IscsiException trouble) {
            LOG.warn("{}: trouble of the host", test.title(), trouble);
            return execution.outcome(Verdict.INFRASTRUCTURE, evidence(trouble));
        } catch (Exception defect) {
            if (FullDisk.isBehind(defect)) {
                LOG.warn("{}: the disk is full", test.title(), defect);
                return execution.outcome(
                        Verdict.INFRASTRUCTURE,
                        FullDisk.evidence(context.keeping().topdir()));
            }
            LOG.error("{}: a defect of vmtest", test.title(), defect);
            return execution.outcome(Verdict.INFRASTRUCTURE, Evidence.of("a defect of vmtest: " + defect));
        }
    }

    @Override
    public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        return new Finish(context).finish(outcome, authorChecks);
    }

    private Evidence evidence(Exception trouble) {
        if (FullDisk.isBehind(trouble)) {
            return FullDisk.evidence(context.keeping().topdir());
        }
        if (trouble instanceof IOException refused) {
            return Evidence.of(PlainTrouble.of(refused));
        }
        String message = trouble.getMessage();
        return Evidence.of(message == null || message.isBlank() ? trouble.toString() : message);
    }

    /** Hold the state of one test while it runs. */
    private final class Execution {

        /** As its author wrote it; once its disks are served, with their addresses. */
        private TestCase test;

        private final Workspace workspace;
        private final Progress progress;
        private final List<CheckRecord> checks = new ArrayList<>();
        private @Nullable Facts facts;

        Execution(TestCase test, Path directory, Progress progress) {
            this.test = test;
            this.workspace = new Workspace(directory);
            this.progress = progress;
        }

        void run() throws Exception {
            // What the installed system reaches over the network must be there until it was shut down.
            try (IscsiTargets targets =
                    new IscsiTargets(context.host().iscsi(), context.host().processes(), test, workspace)) {
                run(targets);
            }
        }

        private void run(IscsiTargets targets) throws Exception {
            ReportRecorder reports = new ReportRecorder(progress);
            AtomicReference<@Nullable Machine> machine = new AtomicReference<>();
            reports.onActivity(() -> {
                Machine running = machine.get();
                if (running != null) {
                    running.activity();
                }
            });
            String installerVersion;
            try (Preparation.Prepared prepared = progress.phase(Phase.PREPARE, time -> {
                Workspace.create(workspace.directory());
                test = targets.serve();
                Preparation.Prepared made = new Preparation(context, test, workspace).prepare(reports);
                test = made.test();
                time.way("boots " + made.image().description() + ", installs "
                        + made.payload().installs());
                return made;
            })) {
                installerVersion = prepared.payload().installerVersion();
                NewFile.write(workspace.installerVersion(), installerVersion + "\n");
                InstallPhase install = new InstallPhase(context, test, workspace, boots());
                InstallPhase.Ended ended = progress.phase(Phase.INSTALL, time -> {
                    try {
                        return install.run(prepared, reports, time, machine::set);
                    } finally {
                        reports.save(workspace);
                    }
                });
                if (ended.expected().isPresent()) {
                    holdFailure(ended, ended.expected().get());
                    return;
                }
                ended.requireSuccess();
            }
            BootPhase boot = new BootPhase(context, test, workspace, boots());
            for (InstalledBoot which : InstalledBoot.of(test)) {
                String nonce = progress.phase(which.phase(), time -> boot.run(which, time));
                progress.phase(Phase.COLLECT, time -> new CollectPhase(workspace, which, progress::warning).run(nonce));
            }
            progress.phase(Phase.CHECK, time -> check(reports.events(), installerVersion));
        }

        /** Boots what the test is by now: its disks are served, and something may answer for them. */
        private MachineBoots boots() {
            return new MachineBoots(context, test, workspace, progress);
        }

        /** An install that is meant to fail installs nothing that could boot. */
        private void holdFailure(InstallPhase.Ended ended, ExpectedFailureWitness expected) throws Exception {
            progress.phase(Phase.CHECK, time -> {
                for (CheckRecord record : expected.hold(
                        ended.end(), ended.failure().map(PhaseFailure::evidence), workspace.failureDirectory())) {
                    checks.add(progress.checked(record));
                }
                for (CheckRecord record : CheckPhase.records(NotJudged.beyondChecks(test))) {
                    checks.add(progress.checked(record));
                }
                return checks;
            });
            if (ended.failure().isEmpty()) {
                return;
            }
            PhaseFailure trouble = ended.failure().get();
            boolean isAsMeant = checkVerdict() == Verdict.PASSED;
            // A limit that a starved guest passes says nothing, whoever waits for it.
            if (trouble.verdict() == Verdict.INFRASTRUCTURE
                    && (!isAsMeant || ended.end() instanceof MachineEnd.TimedOut)) {
                throw trouble;
            }
            if (!isAsMeant) {
                // Which kind of failure it was is told by what happened, not by what was expected.
                Evidence failure = trouble.evidence()
                        .withFailure(
                                FailureRules.classify(trouble.verdict(), trouble.evidence(), workspace.directory()));
                throw new PhaseFailure(
                        Verdict.INSTALL_FAILED,
                        failure.withSummary("it failed, but not as expected: "
                                + FailedChecks.evidence(checks).summary() + "; " + failure.summary()));
            }
        }

        private List<CheckRecord> check(List<ReportEvent> events, String installerVersion) throws IOException {
            Facts collected = Facts.read(workspace.collect());
            facts = collected;
            for (CheckRecord record : new CheckPhase(test).run(workspace, collected, events, installerVersion)) {
                checks.add(progress.checked(record));
            }
            return checks;
        }

        Verdict checkVerdict() {
            return checks.stream().anyMatch(CheckRecord::hasFailed) ? Verdict.FAILED : Verdict.PASSED;
        }

        Evidence checkEvidence() {
            return FailedChecks.evidence(checks);
        }

        TestOutcome outcome(Verdict verdict, Evidence evidence) {
            Failure failure = FailureRules.classify(verdict, evidence, workspace.directory());
            return new TestOutcome(
                    test,
                    workspace,
                    facts,
                    verdict,
                    TestSecrets.of(test.config()).hideIn(evidence.withFailure(failure)),
                    new TestOutcome.Course(
                            progress.phases(), checks, progress.warnings(), progress.started(), progress.elapsed()));
        }
    }
}
