package dev.vmtest.junit;

import static java.util.stream.Collectors.joining;

import dev.vmtest.api.SecondBoot;
import dev.vmtest.api.VmTestOutcome;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.knownissues.KnownIssue;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.schedule.Schedule;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.KnownFailures;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Stand between one invocation of a test class and its run: wait for the run, hand its facts to the
 * methods, collect what the methods found, and end with the verdict.
 *
 * <p>Methods run only when the installed system delivered its facts. When a derived check does not
 * hold they still run, and the class fails afterwards with every check that does not hold.
 */
final class VmTestRun
        implements BeforeClassTemplateInvocationCallback,
                AfterClassTemplateInvocationCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                TestWatcher {

    /** There is nothing to hold against facts, and nothing has failed. */
    private static final Set<Verdict> ABORTING = Set.of(Verdict.SKIPPED, Verdict.UNCHANGED, Verdict.EXPECTED_FAILURE);

    private final Schedule schedule;
    private final TestCase test;

    /** Methods may run at once (JUnit's parallel execution), so that several threads add to these. */
    private final Queue<CheckRecord> authorChecks = new ConcurrentLinkedQueue<>();

    /** The checks of methods that failed as a known issue says, by the method's unique id. */
    private final Map<String, CheckRecord> excused = new ConcurrentHashMap<>();

    private volatile @Nullable TestOutcome outcome;
    private volatile boolean finished;

    VmTestRun(Schedule schedule, TestCase test) {
        this.schedule = schedule;
        this.test = test;
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) throws Exception {
        TestOutcome ended = schedule.await(test);
        outcome = ended;
        // An install that is meant to fail, and does so, delivers no facts.
        if (ended.facts() == null && ended.verdict() != Verdict.PASSED) {
            TestResult result = finish(ended);
            if (ABORTING.contains(result.verdict())) {
                throw new TestAbortedException(result.evidence().summary());
            }
            throw new AssertionError(describe(result));
        }
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) {
        if (outcome == null || finished) {
            return;
        }
        TestResult result = finish(outcome);
        boolean derivedChecksHold = result.checks().stream()
                .filter(check -> !authorChecks.contains(check))
                .noneMatch(CheckRecord::hasFailed);
        switch (result.verdict()) {
            case PASSED, SKIPPED, UNCHANGED -> {}
            case EXPECTED_FAILURE -> {
                if (!derivedChecksHold) {
                    throw new TestAbortedException(result.evidence().summary());
                }
            }
            case UNEXPECTED_PASS -> throw new AssertionError(describe(result));
            case FAILED, INSTALL_FAILED, BOOT_FAILED, INFRASTRUCTURE -> {
                if (!derivedChecksHold) {
                    throw new AssertionError(describe(result));
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Facts.class
                || type == InstallConfig.class
                || type == TestCase.class
                || type == VmTestOutcome.class
                || type == TestOutcome.class
                || type == Workspace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestOutcome ended = Optional.ofNullable(outcome).orElseThrow();
        Class<?> type = parameter.getParameter().getType();
        if (type == Facts.class) {
            return parameter.isAnnotated(SecondBoot.class) ? secondBoot(ended) : firstBoot(ended);
        }
        if (type == VmTestOutcome.class) {
            return new EndedTest(ended);
        }
        if (type == InstallConfig.class) {
            return test.config();
        }
        if (type == TestCase.class) {
            return test;
        }
        return type == TestOutcome.class ? ended : ended.workspace();
    }

    private Facts firstBoot(TestOutcome ended) {
        return Optional.ofNullable(ended.facts())
                .orElseThrow(() -> new ParameterResolutionException("the install of " + test.title()
                        + " is meant to fail, so that there are no facts; ask for a VmTestOutcome"));
    }

    private Facts secondBoot(TestOutcome ended) {
        return ended.secondBootFacts()
                .orElseThrow(() -> new ParameterResolutionException(test.title()
                        + " boots what was installed only once; ask for a second boot in its configuration:"
                        + " 'vmtest: {second_boot: true}'"));
    }

    /** What a known issue explains is no failure for whoever runs the methods, but still one in the record. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException) && outcome != null) {
            CheckRecord failed = record(context, CheckRecord.FAILED, message(failure));
            Optional<KnownIssue> issue =
                    new KnownFailures(test.knownIssues(), outcome.course().started()).explaining(failed);
            if (issue.isPresent()) {
                excused.put(context.getUniqueId(), failed);
                throw new TestAbortedException(issue.get() + ": " + failed.message(), failure);
            }
        }
        throw failure;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        authorChecks.add(record(context, CheckRecord.PASSED, ""));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        authorChecks.add(record(context, CheckRecord.FAILED, cause == null ? "failed" : message(cause)));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        String message =
                cause == null ? "" : Optional.ofNullable(cause.getMessage()).orElse("");
        CheckRecord skipped = record(context, CheckRecord.SKIPPED, message);
        authorChecks.add(excused.getOrDefault(context.getUniqueId(), skipped));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        authorChecks.add(record(context, CheckRecord.SKIPPED, reason.orElse("")));
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.toString())
                .strip();
    }

    private TestResult finish(TestOutcome ended) {
        finished = true;
        return schedule.finish(ended, List.copyOf(authorChecks));
    }

    private static CheckRecord record(ExtensionContext context, String verdict, String message) {
        String source = context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
        return new CheckRecord(context.getDisplayName(), source, verdict, message);
    }

    private static String describe(TestResult result) {
        String checks = result.checks().stream()
                .filter(CheckRecord::hasFailed)
                .map(check -> "\n  " + check.source() + ": " + check.name() + ": " + check.message())
                .collect(joining());
        return result.verdict().text() + ": " + result.evidence().summary() + checks + "\n  see " + result.directory();
    }
}
