package dev.vmtest.session;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Proof;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunListener;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Run what has changed, and say of everything else which earlier pass it is unchanged by. */
final class UnchangedExecutor implements TestExecutor {

    private final TestExecutor executor;
    private final Function<String, Optional<Proof>> proofs;
    private final Path topdir;
    private final RunListener listener;
    private final InstantSource clock;

    /**
     * Stand before whatever runs tests.
     *
     * @param proofs by title, the pass by which a test is unchanged
     * @param listener hears how unchanged tests ended; they have no other event
     */
    UnchangedExecutor(
            TestExecutor executor,
            Function<String, Optional<Proof>> proofs,
            Path topdir,
            RunListener listener,
            InstantSource clock) {
        this.executor = executor;
        this.proofs = proofs;
        this.topdir = topdir;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public TestOutcome execute(TestCase test) {
        return proofs.apply(test.title()).map(proof -> unchanged(test, proof)).orElseGet(() -> executor.execute(test));
    }

    private TestOutcome unchanged(TestCase test, Proof proof) {
        return TestOutcome.notRun(
                test,
                new Workspace(topdir.resolve(test.directoryName())),
                Verdict.UNCHANGED,
                Evidence.of(sentence(proof)),
                now());
    }

    private static String sentence(Proof proof) {
        return "not run: it passed at " + proof.at() + " with the same inputs, in the run that began at " + proof.run()
                + " in " + proof.directory() + " on " + proof.host();
    }

    @Override
    public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
        return executor.tryAgain(test, first);
    }

    @Override
    public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        if (outcome.verdict() != Verdict.UNCHANGED) {
            return executor.finish(outcome, authorChecks);
        }
        TestCase test = outcome.test();
        TestResult result = new TestResult(
                test.name(),
                test.release(),
                test.installerName(),
                Verdict.UNCHANGED,
                0,
                List.of(),
                List.of(),
                outcome.evidence(),
                test.directoryName(),
                test.reproduce(),
                List.of(),
                proofs.apply(test.title()).orElse(Proof.NONE));
        listener.happened(new RunEvent.TestFinished(now(), test.title(), result));
        return result;
    }

    private double now() {
        return clock.millis() / 1000.0;
    }
}
