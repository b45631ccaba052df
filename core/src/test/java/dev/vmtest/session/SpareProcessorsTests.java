package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.schedule.Budget;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpareProcessorsTests {

    private static final Budget TWO_CORES = new Budget(2, 2, 8192);

    private final List<Integer> ran = new ArrayList<>();
    private final TestExecutor runner = new Recording();

    @Test
    void aLoneTestGetsBothProcessorsOfTheHost() {
        SpareProcessors processors = new SpareProcessors(runner, TWO_CORES, false);
        TestCase test = OneDisk.test("alone");
        processors.share(List.of(test));
        TestOutcome outcome = processors.execute(test);
        assertThat(processors.tryAgain(test, outcome)).isEmpty();
        assertThat(ran).containsExactly(2, 2);
    }

    @Test
    void testsThatRunBesideEachOtherGetOneEach() {
        SpareProcessors processors = new SpareProcessors(runner, TWO_CORES, false);
        processors.share(List.of(OneDisk.test("one"), OneDisk.test("two")));
        assertThat(processors.of(OneDisk.test("one")).machine().cpus()).isEqualTo(1);
    }

    @Test
    void testsThatRunOneAfterAnotherGetBoth() {
        SpareProcessors processors = new SpareProcessors(runner, new Budget(1, 2, 8192), false);
        processors.share(List.of(OneDisk.test("one"), OneDisk.test("two")));
        assertThat(processors.of(OneDisk.test("two")).machine().cpus()).isEqualTo(2);
    }

    @Test
    void noTestGetsMoreThanTwoHoweverManyThereAre() {
        SpareProcessors processors = new SpareProcessors(runner, new Budget(32, 32, 65536), false);
        processors.share(List.of(OneDisk.test("one")));
        assertThat(processors.of(OneDisk.test("one")).machine().cpus()).isEqualTo(2);
    }

    @Test
    void whatWasDecidedStaysWhenFurtherTestsAreAnnounced() {
        SpareProcessors processors = new SpareProcessors(runner, TWO_CORES, false);
        TestCase first = OneDisk.test("first");
        processors.share(List.of(first));
        processors.share(List.of(first, OneDisk.test("second")));
        assertThat(processors.of(first).machine().cpus()).isEqualTo(2);
        assertThat(processors.of(OneDisk.test("second")).machine().cpus()).isEqualTo(1);
    }

    @Test
    void whoNamesANumberHasIt() {
        SpareProcessors processors = new SpareProcessors(runner, TWO_CORES, false);
        TestCase one = OneDisk.test("one", "vmtest: {cpus: 1}\n");
        processors.share(List.of(one));
        assertThat(processors.of(one)).isSameAs(one);
    }

    @Test
    void aRunThatSharesItsHostLeavesMachinesAsTheyAre() {
        SpareProcessors processors = new SpareProcessors(runner, TWO_CORES, true);
        TestCase one = OneDisk.test("one");
        processors.share(List.of(one));
        assertThat(processors.of(one)).isSameAs(one);
    }

    /** Remembers how many processors machines had. */
    private final class Recording implements TestExecutor {

        @Override
        public TestOutcome execute(TestCase test) {
            ran.add(test.machine().cpus());
            return new TestOutcome(
                    test,
                    new Workspace(Path.of("/nowhere")),
                    null,
                    Verdict.PASSED,
                    Evidence.NONE,
                    TestOutcome.Course.none(0));
        }

        @Override
        public Optional<TestOutcome> tryAgain(TestCase test, TestOutcome first) {
            ran.add(test.machine().cpus());
            return Optional.empty();
        }

        @Override
        public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
            throw new IllegalStateException("nothing is finished here");
        }
    }
}
