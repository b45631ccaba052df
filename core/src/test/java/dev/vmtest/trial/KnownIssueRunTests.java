package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run tests whose failure is known. */
class KnownIssueRunTests {

    private final PlayedRun played;

    KnownIssueRunTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void aFailureThatIsKnownIsExpected() throws IOException {
        played.known =
                "known_issues: [{test: Layout, pattern: 'the console says', reference: LP-1, expires: 9999-01-01}]";
        played.guest.installConsole("Unexpected error while running command\n" + FakeGuest.FINISHED);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.EXPECTED_FAILURE);
        assertThat(result.verdict().exitStatus()).isZero();
        assertThat(result.evidence().summary()).startsWith("known issue LP-1 (known.yaml:1:16): the console says");
    }

    @Test
    void aPassWhereAFailureIsKnownFailsTheRun() throws IOException {
        played.known = "known_issues: [{test: Layout, pattern: x, reference: LP-1, expires: 9999-01-01}]";
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
        assertThat(result.verdict().exitStatus()).isEqualTo(1);
        assertThat(result.evidence().summary()).contains("LP-1 (known.yaml:1:16)");
    }

    @Test
    void aKnownIssueThatHasExpiredExcusesNothingAndIsNamed() throws IOException {
        played.known =
                "known_issues: [{test: Layout, pattern: 'the console says', reference: LP-1, expires: 2020-01-01}]";
        played.guest.installConsole("Unexpected error while running command\n" + FakeGuest.FINISHED);
        TestResult result = played.installFailed("the console says: Unexpected error");
        assertThat(result.checks()).extracting(CheckRecord::name).containsExactly("known issue LP-1");
        assertThat(played.events)
                .filteredOn(RunEvent.Notice.class::isInstance)
                .singleElement()
                .satisfies(notice -> assertThat(notice.toString()).contains("LP-1", "expired on 2020-01-01"));
    }
}
