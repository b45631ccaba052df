package dev.vmtest.session;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Name the test in the log while it runs, and start, judge and prune nothing once the JVM is being
 * ended: a guest that died with it says nothing about the installer.
 */
final class AttendedExecutor implements TestExecutor {

    /** The key of the test's title in the log's context. */
    static final String TEST = "test";

    private final TestExecutor executor;

    AttendedExecutor(TestExecutor executor) {
        this.executor = executor;
    }

    @Override
    @SuppressWarnings("try") // the key is held, not used
    public TestOutcome execute(TestCase test) {
        refuseAtTheEnd();
        try (MDC.MDCCloseable named = MDC.putCloseable(TEST, test.title())) {
            return executor.execute(test);
        }
    }

    @Override
    @SuppressWarnings("try") // the key is held, not used
    public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
        refuseAtTheEnd();
        try (MDC.MDCCloseable named = MDC.putCloseable(TEST, test.title())) {
            return executor.tryAgain(test, first);
        }
    }

    @Override
    @SuppressWarnings("try") // the key is held, not used
    public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        refuseAtTheEnd();
        try (MDC.MDCCloseable named = MDC.putCloseable(TEST, outcome.test().title())) {
            return executor.finish(outcome, authorChecks);
        }
    }

    private static void refuseAtTheEnd() {
        if (Shutdown.isUnderWay()) {
            throw new InterruptedRunException();
        }
    }
}
