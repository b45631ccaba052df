package dev.vmtest.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.Problems;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
        try (Schedule schedule = schedule(new RecordingExecutor(), Budget.ofTests(1))) {
            List<TestCase> tests = List.of(test("A"), test("B"), test("C"));
            tests.forEach(schedule::announce);
            schedule.finish(schedule.await(tests.get(2)), List.of());
            assertThat(order).containsExactly("A [bookworm]", "B [bookworm]", "C [bookworm]");
        }
    }

    @Test
    void runsAnAnnouncedTestOnce() throws Exception {
        try (Schedule schedule = schedule(new RecordingExecutor(), Budget.ofTests(2))) {
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
        try (Schedule schedule = schedule(new RecordingExecutor(), Budget.ofTests(1))) {
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
        try (Schedule schedule = schedule(executor, Budget.ofTests(2))) {
            List<TestCase> tests = List.of(test("A"), test("B"));
            tests.forEach(schedule::announce);
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
            assertThat(schedule.results()).hasSize(2);
        }
    }

    @Test
    void memoryBoundsWhatRunsTogetherAndWhatFitsDoesNotWaitForWhatDoesNot() throws Exception {
        Map<String, Integer> memory = Map.of("Big", 3000, "Bigger", 4000);
        Busy busy = new Busy();
        try (Schedule schedule = new Schedule(
                busy,
                new Budget(9, 9, 5000),
                test -> new Budget.Demand(1, memory.getOrDefault(test.name(), 1000)),
                HostWatch.NONE)) {
            List<TestCase> tests = List.of(test("Big"), test("A"), test("Bigger"), test("B"), test("C"));
            tests.forEach(schedule::announce);
            busy.awaitRunning(3);
            assertThat(busy.running()).containsExactlyInAnyOrder("Big", "A", "B");

            busy.end("A");
            busy.awaitRunning(3);
            assertThat(busy.running()).containsExactlyInAnyOrder("Big", "B", "C");

            busy.end("Big");
            busy.end("B");
            busy.awaitRunning(2);
            assertThat(busy.running()).containsExactlyInAnyOrder("Bigger", "C");
            busy.end("Bigger");
            busy.end("C");
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
        }
    }

    @Test
    void whatSomebodyWaitsForIsNotOvertaken() throws Exception {
        Busy busy = new Busy();
        try (Schedule schedule = new Schedule(
                busy,
                new Budget(9, 2, Long.MAX_VALUE),
                test -> new Budget.Demand(test.name().equals("Two") ? 2 : 1, 1),
                HostWatch.NONE)) {
            List<TestCase> tests = List.of(test("A"), test("Two"), test("B"), test("C"), test("D"));
            tests.forEach(schedule::announce);
            busy.awaitRunning(2);
            assertThat(busy.running()).containsExactlyInAnyOrder("A", "B");

            TestCase two = tests.get(1);
            Thread waiting = new Thread(() -> {
                try {
                    schedule.await(two);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            waiting.start();
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            busy.end("A");
            assertThat(busy.reaches(2)).as("C overtook it").isFalse();
            busy.end("B");
            busy.awaitRunning(1);
            assertThat(busy.running()).containsExactly("Two");
            busy.end("Two");
            waiting.join();
            busy.awaitRunning(2);
            busy.end("C");
            busy.end("D");
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
        }
    }

    @Test
    void coresBoundWhatRunsTogether() throws Exception {
        Busy busy = new Busy();
        try (Schedule schedule =
                new Schedule(busy, new Budget(9, 2, Long.MAX_VALUE), test -> new Budget.Demand(1, 1), HostWatch.NONE)) {
            List<TestCase> tests = List.of(test("A"), test("B"), test("C"));
            tests.forEach(schedule::announce);
            assertThat(busy.reaches(3)).as("more run than there are cores").isFalse();
            busy.end("A");
            busy.awaitRunning(2);
            busy.end("B");
            busy.end("C");
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
            assertThat(busy.most()).isEqualTo(2);
        }
    }

    @Test
    void whatOthersKeepBusyIsLeftToThemUntilTheyAreDone() throws Exception {
        Busy busy = new Busy();
        Crowd crowd = new Crowd(new HostRoom(0.7, 9000));
        try (Schedule schedule =
                new Schedule(busy, new Budget(9, 2, Long.MAX_VALUE), test -> new Budget.Demand(1, 1), crowd)) {
            List<TestCase> tests = List.of(test("A"), test("B"), test("C"));
            tests.forEach(schedule::announce);
            assertThat(busy.reaches(2))
                    .as("both cores are taken, and others have one")
                    .isFalse();
            assertThat(busy.running()).as("the first runs on any host").containsExactly("A");
            assertThat(crowd.why).containsExactly("other programs keep 0.7 processors busy; fewer tests run at a time");

            crowd.room = new HostRoom(0.4, 9000);
            crowd.look();
            busy.awaitRunning("A", "B");
            crowd.room = new HostRoom(2, 9000);
            busy.end("A");
            assertThat(busy.reaches(2)).isFalse();
            busy.end("B");
            busy.awaitRunning("C");
            busy.end("C");
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
            assertThat(busy.most()).isEqualTo(2);
        }
    }

    @Test
    void memoryThatOthersTookIsNotGivenToAGuest() throws Exception {
        Busy busy = new Busy();
        Crowd crowd = new Crowd(new HostRoom(0, 900));
        try (Schedule schedule =
                new Schedule(busy, new Budget(9, 9, 5000), test -> new Budget.Demand(1, 1000), crowd)) {
            List<TestCase> tests = List.of(test("A"), test("B"));
            tests.forEach(schedule::announce);
            assertThat(busy.reaches(2)).isFalse();
            assertThat(crowd.why)
                    .containsExactly(
                            "other programs have taken memory: 900 MiB are left and a test wants 1000; it waits");
            crowd.room = new HostRoom(0, 1000);
            crowd.look();
            busy.awaitRunning("A", "B");
            busy.end("A");
            busy.end("B");
            for (TestCase test : tests) {
                schedule.finish(schedule.await(test), List.of());
            }
        }
    }

    @Test
    void aTestThatNeedsMoreThanThereIsRunsAlone() throws Exception {
        Busy busy = new Busy();
        try (Schedule schedule = new Schedule(
                busy,
                new Budget(9, 2, 5000),
                test -> new Budget.Demand(test.name().equals("Huge") ? 4 : 1, 100),
                HostWatch.NONE)) {
            List<TestCase> tests = List.of(test("A"), test("Huge"), test("B"), test("C"));
            tests.subList(0, 3).forEach(schedule::announce);
            busy.awaitRunning(2);
            busy.end("A");
            busy.end("B");
            busy.awaitRunning(1);
            assertThat(busy.running()).containsExactly("Huge");
            schedule.announce(tests.get(3));
            assertThat(busy.reaches(2)).as("something runs beside it").isFalse();
            busy.end("Huge");
            busy.awaitRunning(1);
            busy.end("C");
            assertThat(schedule.await(tests.get(3)).verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void whatWasStarvedIsTriedAgainAloneWhenNothingElseIsLeft() throws Exception {
        Busy busy = new Busy() {
            @Override
            public TestOutcome execute(TestCase test) {
                TestOutcome outcome = super.execute(test);
                return test.name().equals("Starved") ? starved(outcome) : outcome;
            }

            @Override
            public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
                assertThat(first.isStarved()).isTrue();
                return Optional.of(super.execute(test));
            }
        };
        try (Schedule schedule = schedule(busy, Budget.ofTests(2))) {
            List<TestCase> tests = List.of(test("Starved"), test("A"), test("B"), test("Late"));
            tests.subList(0, 3).forEach(schedule::announce);
            busy.awaitRunning(2);
            busy.end("Starved");
            busy.awaitRunning("A", "B");
            busy.end("A");
            assertThat(busy.reaches(2)).as("it runs beside B").isFalse();
            busy.end("B");
            busy.awaitRunning("Starved");
            schedule.announce(tests.get(3));
            assertThat(busy.reaches(2)).as("something runs beside it").isFalse();
            busy.end("Starved");
            busy.awaitRunning("Late");
            busy.end("Late");
            for (TestCase test : tests) {
                assertThat(schedule.await(test).verdict()).isEqualTo(Verdict.PASSED);
            }
            assertThat(order)
                    .containsExactly(
                            "Starved [bookworm]",
                            "A [bookworm]",
                            "B [bookworm]",
                            "Starved [bookworm]",
                            "Late [bookworm]");
        }
    }

    @Test
    void whatIsStarvedTwiceEndsSo() throws Exception {
        TestExecutor executor = new RecordingExecutor() {
            @Override
            public TestOutcome execute(TestCase test) {
                return starved(super.execute(test));
            }

            @Override
            public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
                return Optional.of(execute(test));
            }
        };
        try (Schedule schedule = schedule(executor, Budget.ofTests(2))) {
            assertThat(schedule.await(test("A")).isStarved()).isTrue();
            assertThat(order).hasSize(2);
        }
    }

    @Test
    void whoWaitsForASecondAttemptIsToldOfTheEnd() throws Exception {
        Busy busy = new Busy() {
            @Override
            public TestOutcome execute(TestCase test) {
                TestOutcome outcome = super.execute(test);
                return test.name().equals("Starved") ? starved(outcome) : outcome;
            }
        };
        Schedule schedule = schedule(busy, Budget.ofTests(2));
        TestCase starved = test("Starved");
        List.of(starved, test("A")).forEach(schedule::announce);
        busy.awaitRunning(2);
        busy.end("Starved");
        assertThat(busy.reaches(2)).isFalse();
        schedule.close();
        assertThatThrownBy(() -> schedule.await(starved)).isInstanceOf(InterruptedException.class);
    }

    private static TestOutcome starved(TestOutcome outcome) {
        return new TestOutcome(
                outcome.test(),
                outcome.workspace(),
                null,
                Verdict.INFRASTRUCTURE,
                Evidence.of("starved").withFailure(new Failure(FailureClass.STARVED, "")),
                TestOutcome.Course.none(0));
    }

    @Test
    void whoWaitsForATestThatIsNotBegunIsToldOfTheEnd() throws Exception {
        Busy busy = new Busy();
        Schedule schedule = schedule(busy, Budget.ofTests(1));
        TestCase second = test("B");
        schedule.announce(test("A"));
        schedule.announce(second);
        busy.awaitRunning(1);
        schedule.close();
        assertThatThrownBy(() -> schedule.await(second)).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> schedule.await(test("C"))).isInstanceOf(InterruptedException.class);
    }

    private static Schedule schedule(TestExecutor executor, Budget budget) {
        return new Schedule(executor, budget, test -> new Budget.Demand(1, 1), HostWatch.NONE);
    }

    /** A host whose other programs a test moves. */
    private static final class Crowd implements HostWatch {

        private final List<String> why = new CopyOnWriteArrayList<>();
        private final List<Runnable> looks = new CopyOnWriteArrayList<>();
        private volatile HostRoom room;

        Crowd(HostRoom room) {
            this.room = room;
        }

        @Override
        public HostRoom room() {
            return room;
        }

        @Override
        public void lookAgain(Runnable look) {
            looks.add(look);
        }

        @Override
        public void heldBack(String reason) {
            why.add(reason);
        }

        void look() {
            assertThat(looks).as("one look is to come, however many tests wait").hasSize(1);
            looks.remove(0).run();
        }
    }

    /** Runs each test until it is told to end. */
    private class Busy extends RecordingExecutor {

        private final Map<String, CountDownLatch> ends = new TreeMap<>();
        private int most;

        @Override
        public TestOutcome execute(TestCase test) {
            CountDownLatch end = new CountDownLatch(1);
            synchronized (this) {
                ends.put(test.name(), end);
                most = Math.max(most, ends.size());
                notifyAll();
            }
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return super.execute(test);
        }

        synchronized void awaitRunning(int count) throws InterruptedException {
            while (ends.size() < count) {
                wait();
            }
        }

        synchronized void awaitRunning(String... names) throws InterruptedException {
            while (!ends.keySet().equals(Set.of(names))) {
                wait();
            }
        }

        /** Say whether so many run together before long; a schedule that lets them needs no time for it. */
        synchronized boolean reaches(int count) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            for (long left = 300; left > 0 && ends.size() < count; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
            return ends.size() >= count;
        }

        /** Return how many ran together at most. */
        synchronized int most() {
            return most;
        }

        synchronized List<String> running() {
            return List.copyOf(ends.keySet());
        }

        synchronized void end(String name) {
            Objects.requireNonNull(ends.remove(name)).countDown();
            notifyAll();
        }
    }

    private static TestCase test(String name) {
        TestCases cases = new TestCases(SampleDefaults.BUILTIN);
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
                    TestOutcome.Course.none(0));
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
