package dev.vmtest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.vmtest.api.SecondBoot;
import dev.vmtest.api.VmTestOutcome;
import dev.vmtest.config.Problems;
import dev.vmtest.facts.Facts;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseSupport;
import dev.vmtest.release.Renderer;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.schedule.Budget;
import dev.vmtest.schedule.HostWatch;
import dev.vmtest.schedule.Schedule;
import dev.vmtest.testcase.ConfigAdditions;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes through JUnit's engine with runs whose outcome is given instead of made by a machine. */
class VmTestRunTests {

    private static final CheckRecord GOOD = new CheckRecord("label", "a.yaml:1:1", CheckRecord.PASSED, "");
    private static final CheckRecord BAD =
            new CheckRecord("label", "a.yaml:3:7", CheckRecord.FAILED, "expected 'root', found 'toor'");

    @TempDir
    static Path collected = Path.of("unset");

    private static String known = "{}";

    /** What the end of a real run would make of the verdict; null leaves it. */
    private static @Nullable Verdict judged;

    private static TestOutcome given = outcome(Verdict.PASSED, Evidence.NONE, true, List.of());
    private static final List<TestResult> FINISHED = new ArrayList<>();

    @BeforeEach
    void forgetFormerRuns() {
        FINISHED.clear();
        known = "{}";
        judged = null;
    }

    @Test
    void aGoodRunHandsItsFactsToTheMethods() {
        given = outcome(Verdict.PASSED, Evidence.NONE, true, List.of(GOOD));
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        results.allEvents().assertStatistics(events -> events.failed(0));
        assertThat(FINISHED).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.checks()).hasSize(2);
        });
    }

    @Test
    void aDerivedCheckThatFailsHidesNoMethodAndFailsTheClass() {
        given = outcome(Verdict.FAILED, Evidence.of("label"), true, List.of(GOOD, BAD));
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.contains("a.yaml:3:7: label: expected 'root'")))));
    }

    @Test
    void theMethodsOfAnUnchangedTestAreNotAsked() {
        given = outcome(Verdict.UNCHANGED, Evidence.of("not run: it passed before"), false, List.of());
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(0));
        results.containerEvents().assertStatistics(events -> events.aborted(1).failed(0));
        assertThat(FINISHED).extracting(TestResult::verdict).containsExactly(Verdict.UNCHANGED);
    }

    @Test
    void methodsThatRunAtOnceLoseNoRecord() {
        given = outcome(Verdict.PASSED, Evidence.NONE, true, List.of());
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .selectors(selectClass(Crowd.class))
                .execute();
        assertThat(FINISHED)
                .singleElement()
                .satisfies(result -> assertThat(result.checks()).hasSize(Crowd.SIZE));
    }

    @Test
    void aMethodThatFailsFailsTheResult() {
        given = outcome(Verdict.PASSED, Evidence.NONE, true, List.of(GOOD));
        EngineExecutionResults results = run(Failing.class);
        results.testEvents().assertStatistics(events -> events.started(1).failed(1));
        results.containerEvents().assertStatistics(events -> events.failed(0));
        assertThat(FINISHED)
                .singleElement()
                .satisfies(result -> assertThat(result.checks()).anySatisfy(check -> {
                    assertThat(check.source()).isEqualTo("Failing.fails");
                    assertThat(check.verdict()).isEqualTo(CheckRecord.FAILED);
                    assertThat(check.message()).isEqualTo("not as it should be");
                }));
    }

    @Test
    void noMethodRunsWithoutFacts() {
        given = outcome(Verdict.INSTALL_FAILED, Evidence.of("the guest's kernel panicked"), false, List.of());
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(0));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.startsWith("install-failed: the guest's kernel panicked")))));
        assertThat(FINISHED).hasSize(1);
    }

    @Test
    void aSkippedRunIsAborted() {
        given = outcome(Verdict.SKIPPED, Evidence.of("not for this architecture"), false, List.of());
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(0));
        results.containerEvents().assertStatistics(events -> events.aborted(1).failed(0));
    }

    @Test
    void anExpectedFailureFailsNothingButIsRecorded() {
        known = """
                known_issues:
                  - {test: Given, pattern: "found 'toor'", reference: LP-1, expires: 9999-01-01}
                  - {test: Given, pattern: not as it should be, reference: LP-2, expires: 9999-01-01}
                """;
        given = outcome(Verdict.FAILED, Evidence.of("label"), true, List.of(BAD));
        judged = Verdict.EXPECTED_FAILURE;
        EngineExecutionResults results = run(Failing.class);
        results.testEvents().assertStatistics(events -> events.started(1).aborted(1));
        results.allEvents().assertStatistics(events -> events.failed(0));
        assertThat(FINISHED)
                .singleElement()
                .satisfies(result -> assertThat(result.checks())
                        .extracting(CheckRecord::source, CheckRecord::verdict, CheckRecord::message)
                        .containsExactly(
                                tuple("a.yaml:3:7", CheckRecord.FAILED, BAD.message()),
                                tuple("Failing.fails", CheckRecord.FAILED, "not as it should be")));
    }

    @Test
    void anUnexpectedPassFailsTheClass() {
        given = outcome(Verdict.PASSED, Evidence.of("it passed although"), true, List.of(GOOD));
        judged = Verdict.UNEXPECTED_PASS;
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(message(text -> text.startsWith("unexpected-pass: ")))));
    }

    @Test
    void anExpectedFailureOfTheInstallIsAborted() {
        given = outcome(Verdict.INSTALL_FAILED, Evidence.of("known"), false, List.of());
        judged = Verdict.EXPECTED_FAILURE;
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents().assertStatistics(events -> events.started(0));
        results.containerEvents().assertStatistics(events -> events.aborted(1).failed(0));
    }

    @Test
    void anInstallThatFailsAsItIsMeantToRunsTheMethodsWithoutFacts() {
        given = outcome(Verdict.PASSED, Evidence.NONE, false, List.of(GOOD));
        EngineExecutionResults results = run(AskingForTheOutcome.class);
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        results.allEvents().assertStatistics(events -> events.failed(0));
        assertThat(FINISHED)
                .singleElement()
                .satisfies(result -> assertThat(result.checks()).hasSize(2));
    }

    @Test
    void whoAsksForTheFactsOfAnInstallThatIsMeantToFailIsToldWhatToAskFor() {
        given = outcome(Verdict.PASSED, Evidence.NONE, false, List.of(GOOD));
        EngineExecutionResults results = run(AskingForFacts.class);
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.contains("there are no facts; ask for a VmTestOutcome")))));
    }

    @Test
    void theOutcomeThatAnAuthorSeesIsThatOfTheTrial() {
        given = outcome(Verdict.FAILED, Evidence.of("label"), true, List.of(GOOD, BAD));
        EngineExecutionResults results = run(AskingForWhatAuthorsSee.class);
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
    }

    @Test
    void theFactsOfTheSecondBootAreThoseThatItCollected() throws IOException {
        Path directory = Files.createTempDirectory(collected, "second");
        Path second = Files.createDirectory(directory.resolve("collect-second-boot"));
        Files.writeString(second.resolve("boots"), "second\n");
        given = outcome(Verdict.PASSED, Evidence.NONE, true, List.of(), directory);
        EngineExecutionResults results = run(AskingForTheSecondBoot.class);
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
    }

    @Test
    void whoAsksForASecondBootThatTheTestDoesNotHaveIsToldHowToGetIt() {
        given = outcome(Verdict.PASSED, Evidence.NONE, true, List.of());
        EngineExecutionResults results = run(AskingForTheSecondBoot.class);
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1, event(finishedWithFailure(message(text -> text.contains("'vmtest: {second_boot: true}'")))));
    }

    private static EngineExecutionResults run(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .execute();
    }

    private static TestOutcome outcome(Verdict verdict, Evidence evidence, boolean hasFacts, List<CheckRecord> checks) {
        return outcome(verdict, evidence, hasFacts, checks, Path.of("unused"));
    }

    private static TestOutcome outcome(
            Verdict verdict, Evidence evidence, boolean hasFacts, List<CheckRecord> checks, Path directory) {
        Facts facts = hasFacts ? Facts.read(collected) : null;
        TestOutcome.Course course = new TestOutcome.Course(List.of(), checks, List.of(), 0, 1);
        return new TestOutcome(testCase(), new Workspace(directory), facts, verdict, evidence, course);
    }

    private static TestCase testCase() {
        TestCases cases = new TestCases(new TestCases.Defaults(
                BuiltinChoice.CHOICE,
                ConfigAdditions.NONE,
                KnownIssues.parse("known.yaml", known),
                0,
                0,
                "user",
                Duration.ofMinutes(50),
                Duration.ofMinutes(5),
                Architecture.AMD64,
                Fidelity.RESUME,
                ReleaseSupport.OF_ALL,
                Renderer.IFUPDOWN));
        Problems problems = new Problems();
        List<TestCase> all = cases.of(
                TestDefinition.ofConfig("Given", new ConfigSource("a.yaml", "{}"), List.of("bookworm")),
                List.of("bookworm"),
                problems);
        problems.throwIfAny();
        return all.get(0);
    }

    /** Ends a test with the verdict that a real run would give. */
    private static final class GivenExecutor implements TestExecutor {

        @Override
        public TestOutcome execute(TestCase test) {
            return given;
        }

        @Override
        public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
            List<CheckRecord> checks = new ArrayList<>(outcome.course().checks());
            checks.addAll(authorChecks);
            TestResult result = new TestResult(
                    "Given",
                    "bookworm",
                    "builtin",
                    judged == null ? outcome.verdict() : judged,
                    1,
                    List.of(),
                    checks,
                    outcome.evidence(),
                    "d",
                    "");
            FINISHED.add(result);
            return result;
        }
    }

    /** Stands in for {@link VmTestExtension}, which opens a session with real machines. */
    static final class GivenRuns implements ClassTemplateInvocationContextProvider {

        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
                ExtensionContext context) {
            VmTestRun run = new VmTestRun(
                    new Schedule(new GivenExecutor(), Budget.ofTests(1), test -> Budget.Demand.NONE, HostWatch.NONE),
                    given.test());
            return Stream.of(new ClassTemplateInvocationContext() {
                @Override
                public List<Extension> getAdditionalExtensions() {
                    return List.of(run);
                }
            });
        }
    }

    @ClassTemplate
    @ExtendWith(GivenRuns.class)
    static class AskingForFacts {

        @Test
        void asks(@Nullable Facts facts, TestCase test) {
            assertThat(facts).isNotNull();
            assertThat(test.release()).isEqualTo("bookworm");
        }
    }

    @ClassTemplate
    @ExtendWith(GivenRuns.class)
    static class AskingForTheOutcome {

        @Test
        void asks(TestOutcome outcome, Workspace workspace) {
            assertThat(outcome.course().checks()).containsExactly(GOOD);
            assertThat(workspace).isEqualTo(outcome.workspace());
        }
    }

    @ClassTemplate
    @ExtendWith(GivenRuns.class)
    static class AskingForWhatAuthorsSee {

        @Test
        void asks(VmTestOutcome outcome, TestOutcome trial) {
            assertThat(outcome.test()).isEqualTo("Given");
            assertThat(outcome.release()).isEqualTo("bookworm");
            assertThat(outcome.directory()).isEqualTo(Path.of("unused"));
            assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(outcome.evidence().summary()).isEqualTo("label");
            assertThat(outcome.checks()).containsExactly(GOOD, BAD);
            assertThat(outcome.phases()).isEqualTo(trial.course().phases());
            assertThat(outcome.warnings()).isEqualTo(trial.course().warnings());
            assertThat(outcome.facts()).contains(Objects.requireNonNull(trial.facts()));
        }
    }

    @ClassTemplate
    @ExtendWith(GivenRuns.class)
    static class AskingForTheSecondBoot {

        @Test
        void asks(Facts first, @SecondBoot Facts second) {
            assertThat(first.has("boots")).isFalse();
            assertThat(second.text("boots")).isEqualTo("second\n");
        }
    }

    @ClassTemplate
    @ExtendWith(GivenRuns.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class Crowd {

        static final int SIZE = 1000;

        @RepeatedTest(SIZE)
        void passes() {
            assertThat(given.facts()).isNotNull();
        }
    }

    @ClassTemplate
    @ExtendWith(GivenRuns.class)
    static class Failing {

        @Test
        void fails() {
            throw new AssertionError("not as it should be");
        }
    }
}
