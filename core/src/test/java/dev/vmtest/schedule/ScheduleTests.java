package dev.vmtest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.run.CheckRecord;
import dev.vmtest.run.ConfigSource;
import dev.vmtest.run.Evidence;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestCases;
import dev.vmtest.run.TestDefinition;
import dev.vmtest.run.TestExecutor;
import dev.vmtest.run.TestOutcome;
import dev.vmtest.run.TestResult;
import dev.vmtest.run.Verdict;
import dev.vmtest.run.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScheduleTests {

    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void runsInTheOrderOfTheAnnouncement() throws Exception {
        try (Schedule schedule = new Schedule(new RecordingExecutor(), 1)) {
            List<TestCase> tests = List.of(test("A"), test("B"), test("C"));
            tests.forEach(schedule::announce);
            schedule.finish(schedule.await(tests.get(2)), List.of());
            assertThat(order).containsExactly("A [bookworm]", "B [bookworm]", "C [bookworm]");
        }
    }

    @Test
    void runsAnAnnouncedTestOnce() throws Exception {
        try (Schedule schedule = new Schedule(new RecordingExecutor(), 2)) {
            TestCase test = test("A");
            schedule.announce(test);
            schedule.announce(test);
            TestOutcome first = schedule.await(test);
            assertThat(schedule.await(test)).isSameAs(first);
            assertThat(order).containsExactly("A [bookworm]");
        }
    }

    @Test
    void runsATestThatNobodyAnnounced() throws Exception {
        try (Schedule schedule = new Schedule(new RecordingExecutor(), 1)) {
            assertThat(schedule.await(test("A")).verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void runsAsManyAtATimeAsItMay() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        TestExecutor executor = new RecordingExecutor() {
            @Override
            public TestOutcome execute(TestCase test) {
                both.countDown();
                try {
                    assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                return super.execute(test);
            }
        };
        try (Schedule schedule = new Schedule(executor, 2)) {
            List<TestCase> tests = List.of(test("A"), test("B"));
            tests.forEach(schedule::announce);
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
            assertThat(schedule.results()).hasSize(2);
        }
    }

    private static TestCase test(String name) {
        TestCases cases = new TestCases(new TestCases.Defaults(
                "builtin", 0, 0, "user", Duration.ofMinutes(50), Duration.ofMinutes(5), "amd64"));
        Problems problems = new Problems();
        List<TestCase> all = cases.of(
                TestDefinition.ofConfig(name, new ConfigSource(name + ".yaml", "{}"), List.of("bookworm")),
                List.of("bookworm"),
                problems);
        problems.throwIfAny();
        return all.get(0);
    }

    private class RecordingExecutor implements TestExecutor {

        @Override
        public TestOutcome execute(TestCase test) {
            order.add(test.title());
            return new TestOutcome(
                    test,
                    new Workspace(Path.of("unused")),
                    null,
                    Verdict.PASSED,
                    Evidence.NONE,
                    List.of(),
                    List.of(),
                    0,
                    0);
        }

        @Override
        public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
            return new TestResult(
                    outcome.test().name(),
                    outcome.test().release(),
                    "builtin",
                    outcome.verdict(),
                    0,
                    List.of(),
                    List.of(),
                    Evidence.NONE,
                    "unused",
                    "");
        }
    }
}
