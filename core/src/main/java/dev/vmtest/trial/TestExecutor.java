package dev.vmtest.trial;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import java.util.List;
import java.util.Optional;

/** Take a test through its phases; an interface so that the schedule can be tested without machines. */
public interface TestExecutor {

    /**
     * Run every phase up to the derived checks.
     *
     * <p>Never throws for what happens in the run: trouble of the host is a verdict too.
     */
    TestOutcome execute(TestCase test);

    /**
     * Run a test once more of whose first run nothing was learned, because the host starved its guest.
     *
     * <p>A failure of what is under test is never tried again.
     *
     * @param test what {@link #execute} was given
     * @param first what it returned
     * @return what the second run found out; empty where there is nothing to try again
     */
    default Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
        return Optional.empty();
    }

    /**
     * Add what the test's author checked, decide the verdict, record the result and apply the keep
     * rules.
     *
     * @param outcome what {@link #execute} returned
     * @param authorChecks the outcomes of the author's own tests
     */
    TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks);
}
