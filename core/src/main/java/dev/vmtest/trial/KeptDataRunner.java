package dev.vmtest.trial;

import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold only the checks of tests, on what an earlier run left in the same directory.
 *
 * <p>No machine is started and nothing is pruned, whatever the verdict. The phases of a result are those
 * of the earlier run, with the time of the checks that were held now.
 */
public final class KeptDataRunner implements TestExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(KeptDataRunner.class);

    private final RunContext context;
    private final Function<Path, Optional<TestResult>> earlierResults;

    /**
     * Run checks.
     *
     * @param context of this run; its keep rules are not used
     * @param earlierResults returns the result that an earlier run left in a test's directory
     */
    public KeptDataRunner(RunContext context, Function<Path, Optional<TestResult>> earlierResults) {
        this.context = context;
        this.earlierResults = earlierResults;
    }

    /** Say why the checks of a test cannot be held again, if so. */
    public static Optional<String> objection(
            TestCase test, Path topdir, Function<Path, Optional<TestResult>> earlierResults) {
        if (test.config().vmtest().expectedFailure() != null) {
            return Optional.of(test.title() + " cannot be reused: its install is meant to fail, so that no system"
                    + " delivered data; run it again without --reuse");
        }
        Path directory = topdir.resolve(test.directoryName());
        return EarlierRun.objection(test, new Workspace(directory), earlierResults.apply(directory))
                .map(reason -> test.title() + " cannot be reused: " + reason);
    }

    @Override
    public TestOutcome execute(TestCase test) {
        Progress progress = new Progress(
                test.title(),
                TestSecrets.of(test.config()),
                context.listener(),
                context.chance().clock(),
                context.chance().ticker());
        Workspace workspace = new Workspace(context.keeping().topdir().resolve(test.directoryName()));
        progress.testStarted(test.directoryName());
        List<CheckRecord> checks = new ArrayList<>();
        List<PhaseResult> earlier = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Facts facts = null;
        Verdict verdict = Verdict.INFRASTRUCTURE;
        Evidence evidence = Evidence.NONE;
        if (!test.skipReason().isEmpty()) {
            verdict = Verdict.SKIPPED;
            evidence = Evidence.of(test.skipReason());
        } else {
            try {
                Optional<TestResult> result = earlierResults.apply(workspace.directory());
                Optional<String> objection = EarlierRun.objection(test, workspace, result);
                if (objection.isPresent()) {
                    throw new IOException(objection.get());
                }
                result.get().phases().stream()
                        .filter(phase -> !phase.name().equals(Phase.CHECK.text()))
                        .forEach(earlier::add);
                warnings.addAll(result.get().warnings());
                facts = progress.phase(Phase.CHECK, time -> check(test, workspace, progress, checks));
                verdict = checks.stream().anyMatch(CheckRecord::hasFailed) ? Verdict.FAILED : Verdict.PASSED;
                evidence = FailedChecks.evidence(checks);
            } catch (IOException unreadable) {
                evidence = Evidence.of(PlainTrouble.of(unreadable));
            } catch (Exception defect) {
                LOG.error("{}: a defect of vmtest", test.title(), defect);
                evidence = Evidence.of("a defect of vmtest: " + defect);
            }
        }
        earlier.addAll(progress.phases());
        return new TestOutcome(
                test,
                workspace,
                facts,
                verdict,
                TestSecrets.of(test.config()).hideIn(evidence),
                new TestOutcome.Course(earlier, checks, warnings, progress.started(), progress.elapsed()));
    }

    private static Facts check(TestCase test, Workspace workspace, Progress progress, List<CheckRecord> checks)
            throws IOException {
        EarlierRun data = EarlierRun.read(workspace);
        TestCase served = ServedTokens.in(test, ServedTokens.kept(workspace));
        for (CheckRecord record :
                new CheckPhase(served).run(workspace, data.facts(), data.events(), data.installerVersion())) {
            checks.add(progress.checked(record));
        }
        return data.facts();
    }

    @Override
    public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        return new Finish(context).result(outcome, authorChecks);
    }
}
