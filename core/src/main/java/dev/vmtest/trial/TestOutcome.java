package dev.vmtest.trial;

import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a run found out before its author's own tests are heard.
 *
 * @param test the test
 * @param workspace its directory
 * @param facts what the installed system said, or null when it did not get that far
 * @param verdict {@link Verdict#PASSED} when every phase and every derived check is good
 * @param evidence why it is not passed
 * @param phases the phases that ran
 * @param checks the derived checks that were held
 * @param warnings what decided nothing but should be known
 * @param started when it began, in seconds since the epoch
 * @param seconds how long it took so far
 */
public record TestOutcome(
        TestCase test,
        Workspace workspace,
        @Nullable Facts facts,
        Verdict verdict,
        Evidence evidence,
        List<PhaseResult> phases,
        List<CheckRecord> checks,
        List<String> warnings,
        double started,
        double seconds) {

    public TestOutcome {
        phases = List.copyOf(phases);
        checks = List.copyOf(checks);
        warnings = List.copyOf(warnings);
    }

    /** Return whether the host gave a guest so little time that nothing was learned. */
    public boolean isStarved() {
        return evidence.failure().failureClass() == FailureClass.STARVED;
    }

    /** Hold a run of which nothing is to be warned. */
    public TestOutcome(
            TestCase test,
            Workspace workspace,
            @Nullable Facts facts,
            Verdict verdict,
            Evidence evidence,
            List<PhaseResult> phases,
            List<CheckRecord> checks,
            double started,
            double seconds) {
        this(test, workspace, facts, verdict, evidence, phases, checks, List.of(), started, seconds);
    }
}
