package dev.vmtest.junit;

import dev.vmtest.api.VmTestOutcome;
import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.trial.TestOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Show a test author what a trial found out, without the words of the engine.
 *
 * @param outcome of the trial
 */
record EndedTest(TestOutcome outcome) implements VmTestOutcome {

    @Override
    public String test() {
        return outcome.test().name();
    }

    @Override
    public String release() {
        return outcome.test().release();
    }

    @Override
    public Path directory() {
        return outcome.workspace().directory();
    }

    @Override
    public Verdict verdict() {
        return outcome.verdict();
    }

    @Override
    public Evidence evidence() {
        return outcome.evidence();
    }

    @Override
    public List<PhaseResult> phases() {
        return outcome.course().phases();
    }

    @Override
    public List<CheckRecord> checks() {
        return outcome.course().checks();
    }

    @Override
    public List<String> warnings() {
        return outcome.course().warnings();
    }

    @Override
    public Optional<Facts> facts() {
        return Optional.ofNullable(outcome.facts());
    }
}
