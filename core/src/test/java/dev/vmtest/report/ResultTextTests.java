package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.run.Evidence;
import dev.vmtest.run.TestResult;
import dev.vmtest.run.Verdict;
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
}
