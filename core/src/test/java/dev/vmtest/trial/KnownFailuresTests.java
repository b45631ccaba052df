package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFailuresTests {

    private static final String TEXT = """
            known_issues:
              - {test: T, pattern: 'no by-dname link', reference: LP-1, expires: 2027-01-31}
              - {test: T, pattern: 'mkfs.* failed', reference: LP-2, expires: 2027-01-31}
            """;
    private static final double IN_TIME = at("2027-01-31T23:59:59Z");
    private static final double TOO_LATE = at("2027-02-01T00:00:00Z");

    private static final CheckRecord GOOD = new CheckRecord("label", "a:1:1", CheckRecord.PASSED, "");
    private static final CheckRecord KNOWN =
            new CheckRecord("disk sda: name", "a:2:1", CheckRecord.FAILED, "there is no by-dname link");
    private static final CheckRecord UNKNOWN =
            new CheckRecord("disk sda: size", "a:3:1", CheckRecord.FAILED, "should be 1 but is 2");

    private static double at(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static KnownFailures known(double started) {
        return new KnownFailures(KnownIssues.parse("known.yaml", TEXT).all(), started);
    }

    private static KnownFailures.Judged judge(
            double started, Verdict verdict, Evidence evidence, CheckRecord... checks) {
        return known(started).judge(verdict, evidence, List.of(checks));
    }

    @Test
    void checksThatAreAllExplainedAreAnExpectedFailure() {
        KnownFailures.Judged judged = judge(IN_TIME, Verdict.FAILED, Evidence.of("one check"), GOOD, KNOWN);

        assertThat(judged.verdict()).isEqualTo(Verdict.EXPECTED_FAILURE);
        assertThat(judged.evidence().summary()).isEqualTo("known issue LP-1 (known.yaml:2:5): one check");
    }

    @Test
    void oneCheckThatIsNotExplainedFailsTheTest() {
        Evidence evidence = Evidence.of("two checks");

        assertThat(judge(IN_TIME, Verdict.FAILED, evidence, KNOWN, UNKNOWN))
                .isEqualTo(new KnownFailures.Judged(Verdict.FAILED, evidence));
    }

    @Test
    void anInstallOrBootIsExplainedByItsSummaryOrItsConsole() {
        Evidence console = new Evidence(
                "the console says: error", List.of("a", "mkfs.xfs failed", "b"), "shut down", "event", "log", 1);

        for (Verdict verdict : List.of(Verdict.INSTALL_FAILED, Verdict.BOOT_FAILED)) {
            KnownFailures.Judged judged = judge(IN_TIME, verdict, console);
            assertThat(judged.verdict()).isEqualTo(Verdict.EXPECTED_FAILURE);
            assertThat(judged.evidence())
                    .isEqualTo(new Evidence(
                            "known issue LP-2 (known.yaml:3:5): the console says: error",
                            console.context(),
                            "shut down",
                            "event",
                            "log",
                            1));
            assertThat(judge(IN_TIME, verdict, Evidence.of("mkfs.ext4 failed")).verdict())
                    .isEqualTo(Verdict.EXPECTED_FAILURE);
            assertThat(judge(IN_TIME, verdict, Evidence.of("something else")).verdict())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void aPassIsUnexpected() {
        KnownFailures.Judged judged = judge(IN_TIME, Verdict.PASSED, Evidence.NONE, GOOD);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
        assertThat(judged.verdict().exitStatus()).isEqualTo(1);
        assertThat(judged.evidence().summary()).contains("LP-1 (known.yaml:2:5)", "LP-2 (known.yaml:3:5)");
    }

    @Test
    void anExpiredIssueExcusesNothingAndIsNamed() {
        assertThat(judge(TOO_LATE, Verdict.FAILED, Evidence.of("x"), KNOWN).verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(judge(TOO_LATE, Verdict.INSTALL_FAILED, Evidence.of("mkfs.xfs failed"))
                        .verdict())
                .isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(judge(TOO_LATE, Verdict.PASSED, Evidence.NONE).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(known(TOO_LATE).notes())
                .extracting(CheckRecord::name, CheckRecord::source, CheckRecord::verdict)
                .containsExactly(
                        tuple("known issue LP-1", "known.yaml:2:5", "skipped"),
                        tuple("known issue LP-2", "known.yaml:3:5", "skipped"));
        assertThat(known(TOO_LATE).notes().get(0).message()).startsWith("expired on 2027-01-31");
        assertThat(known(IN_TIME).notes()).isEmpty();
    }

    @Test
    void troubleOfTheHostIsNeverExplained() {
        assertThat(judge(IN_TIME, Verdict.INFRASTRUCTURE, Evidence.of("mkfs.xfs failed"))
                        .verdict())
                .isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(judge(IN_TIME, Verdict.SKIPPED, Evidence.of("mkfs.xfs failed"))
                        .verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void withoutKnownIssuesEverythingStaysAsItIs() {
        KnownFailures none = new KnownFailures(List.of(), IN_TIME);
        for (Verdict verdict : Verdict.values()) {
            Evidence evidence = verdict == Verdict.PASSED ? Evidence.NONE : Evidence.of("x");
            assertThat(none.judge(verdict, evidence, List.of(KNOWN)))
                    .isEqualTo(new KnownFailures.Judged(verdict, evidence));
        }
    }
}
