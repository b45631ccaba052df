package dev.vmtest.trial;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import java.util.List;

/** Take a test through its phases; an interface so that the schedule can be tested without machines. */
public interface TestExecutor {

    /**
     * Run every phase up to the derived checks.
     *
     * <p>Never throws for what happens in the run: trouble of the host is a verdict too.
     */
    TestOutcome execute(TestCase test);

    /**
     * Add what the test's author checked, decide the verdict, record the result and apply the keep
     * rules.
     *
     * @param outcome what {@link #execute} returned
     * @param authorChecks the outcomes of the author's own tests
     */
    TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks);
}
