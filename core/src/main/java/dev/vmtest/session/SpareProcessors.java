package dev.vmtest.session;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.schedule.Budget;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Give machines the processors that no other test of the run would use: who runs one test by hand has the whole host,
 * and an emulated guest of one processor uses one.
 *
 * <p>A test that names a number keeps it. What a test depends on stays the same, too: it is the same question with either
 * machine.
 */
final class SpareProcessors implements TestExecutor {

    /** With two {@code SimpleTest} takes 0.492 of the reference's time, with one 0.606 (docs/benchmarks.md); more were not tried. */
    private static final int MOST = 2;

    private final TestExecutor executor;
    private final Budget budget;
    private final boolean leavesMachines;
    private final Map<String, Integer> given = new ConcurrentHashMap<>();

    /**
     * Stand before whatever runs tests.
     *
     * @param budget what they may use together
     * @param leavesMachines whether machines have what tests ask for and no more
     */
    SpareProcessors(TestExecutor executor, Budget budget, boolean leavesMachines) {
        this.executor = executor;
        this.budget = budget;
        this.leavesMachines = leavesMachines;
    }

    /**
     * Decide what tests get that are about to be scheduled; what was decided before stays.
     *
     * @param tests all tests of the run that need a machine, as far as they are known
     */
    void share(List<TestCase> tests) {
        int atATime = Math.max(1, Math.min(budget.tests(), tests.size()));
        int each = leavesMachines ? 0 : Math.min(MOST, budget.cores() / atATime);
        for (TestCase test : tests) {
            given.putIfAbsent(test.title(), each);
        }
    }

    /** Return a test with the machine that it gets. */
    TestCase of(TestCase test) {
        int processors = given.getOrDefault(test.title(), 0);
        return test.namesProcessors() || processors <= test.machine().cpus()
                ? test
                : test.with(test.machine().withCpus(processors));
    }

    @Override
    public TestOutcome execute(TestCase test) {
        return executor.execute(of(test));
    }

    @Override
    public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
        return executor.tryAgain(of(test), first);
    }

    @Override
    public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        return executor.finish(outcome, authorChecks);
    }
}
