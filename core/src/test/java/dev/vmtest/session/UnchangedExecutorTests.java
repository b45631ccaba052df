package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Proof;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnchangedExecutorTests {

    private static final Proof PROOF =
            new Proof("ab".repeat(32), "2026-11-30T12:00:00Z", "2026-11-30T11:00:00Z", "/tmp/run", "alpha: Debian");

    private final List<String> ran = new ArrayList<>();
    private final List<RunEvent> heard = new ArrayList<>();
    private final TestExecutor executor = new UnchangedExecutor(
            new Real(),
            title -> title.equals("same [bookworm]") ? Optional.of(PROOF) : Optional.empty(),
            Path.of("/srv/run"),
            heard::add,
            InstantSource.fixed(Instant.ofEpochSecond(1000)));

    @Test
    void whatHasChangedIsRun() {
        TestResult result = executor.finish(executor.execute(OneDisk.test("other")), List.of());
        assertThat(ran).containsExactly("other");
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.proof()).isEqualTo(Proof.NONE);
        assertThat(heard).isEmpty();
    }

    @Test
    void whatIsUnchangedIsNotAndNamesItsProof() {
        TestResult result = executor.finish(executor.execute(OneDisk.test("same")), List.of());
        assertThat(ran).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(result.verdict().exitStatus()).isZero();
        assertThat(result.proof()).isEqualTo(PROOF);
        assertThat(result.checks()).isEmpty();
        assertThat(result.evidence().summary())
                .isEqualTo("not run: it passed at 2026-11-30T12:00:00Z with the same inputs, in the run that began at"
                        + " 2026-11-30T11:00:00Z in /tmp/run on alpha: Debian");
        assertThat(heard).containsExactly(new RunEvent.TestFinished(1000, "same [bookworm]", result));
    }

    /** Passes everything. */
    private final class Real implements TestExecutor {

        @Override
        public TestOutcome execute(TestCase test) {
            ran.add(test.name());
            return new TestOutcome(
                    test,
                    new Workspace(Path.of("/nowhere")),
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
                    outcome.test().installerName(),
                    outcome.verdict(),
                    0,
                    List.of(),
                    authorChecks,
                    outcome.evidence(),
                    "",
                    "");
        }
    }
}
