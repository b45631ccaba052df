package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultTextTests {

    private static TestResult infrastructure(String summary, String machineEnd) {
        return new TestResult(
                "SimpleTest",
                "bookworm",
                "builtin",
                Verdict.INFRASTRUCTURE,
                1,
                List.of(),
                List.of(),
                new Evidence(summary, List.of(), machineEnd, "", ""),
                "SimpleTest",
                "again");
    }

    @Test
    void oneProblemIsToldOnce() {
        TestResult told = infrastructure("QEMU ended with status 1", "QEMU ended with status 1");
        TestResult other = infrastructure("QEMU ended with status 1", "powered off after 3 s");

        assertThat(ResultText.explanation(told))
                .filteredOn(line -> line.contains("QEMU ended"))
                .hasSize(1);
        assertThat(ResultText.explanation(other)).contains("machine: powered off after 3 s");
        assertThat(ResultText.machineEnd(told.evidence())).isEmpty();
    }

    @Test
    void whatNobodyJudgedIsCountedAndSaidAtTheEndEachPlaceOnce() {
        TestResult some = SampleRun.unjudged(2);

        assertThat(ResultText.checkCounts(some)).isEqualTo("12 checks hold, 1 skipped, 2 not judged");
        assertThat(ResultText.ending(SampleRun.of(List.of(some, some)), "page"))
                .startsWith(
                        "passed says nothing of what no check holds:",
                        "mine.yaml:1:1: not judged: key1: <why>",
                        "mine.yaml:2:1: not judged: key2: <why>",
                        "2 tests: 2 passed in "
                                + Durations.text(SampleRun.of(List.of(some)).seconds()));
        assertThat(ResultText.ending(SampleRun.of(List.of(SampleRun.passed("A", "b"))), "page"))
                .hasSize(3);
    }

    @Test
    void muchThatNobodyJudgedIsNoWall() {
        List<String> ending = ResultText.ending(SampleRun.of(List.of(SampleRun.unjudged(500))), "page");

        assertThat(ending).hasSize(10).contains("… and 495 more, in the report");
        assertThat(UnjudgedLines.ofTest(SampleRun.unjudged(500)))
                .hasSize(21)
                .endsWith("… and 480 more, in result.json");
    }

    @Test
    void anElementThatTheInstallerDoesNotPromiseHasItsName() {
        TestResult plain = infrastructure("", "");
        CheckRecord check = new CheckRecord(
                "format root: uuid", "mine.yaml:3:7", CheckRecord.NOT_JUDGED, "not judged: the tool chooses it");
        TestResult result = new TestResult(
                plain.name(),
                plain.release(),
                plain.installer(),
                Verdict.PASSED,
                1,
                List.of(),
                List.of(check),
                Evidence.NONE,
                "",
                "");

        assertThat(UnjudgedLines.ofTest(result))
                .containsExactly("mine.yaml:3:7: not judged: format root: uuid: the tool chooses it");
    }
}
