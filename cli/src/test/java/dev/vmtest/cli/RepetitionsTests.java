package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepetitionsTests {

    @Test
    void theRateOfEachTestIsSaid() {
        Repetitions repetitions = new Repetitions(3);
        repetitions.add(results(Verdict.PASSED, Verdict.PASSED));
        repetitions.add(results(Verdict.FAILED, Verdict.PASSED));
        repetitions.add(results(Verdict.INFRASTRUCTURE, Verdict.PASSED));
        assertThat(repetitions.lines())
                .containsExactly(
                        "Test0 [bookworm] passed 1 of 3 times (1 failed, 1 infrastructure)",
                        "Test1 [bookworm] passed 3 of 3 times");
        assertThat(repetitions.exitStatus()).as("the worst, as of one run").isEqualTo(3);
    }

    @Test
    void theHostsTroubleIsNoFailureAndNoPass() {
        Repetitions repetitions = new Repetitions(2);
        repetitions.add(results(Verdict.PASSED));
        repetitions.add(results(Verdict.INFRASTRUCTURE));
        assertThat(repetitions.exitStatus()).isEqualTo(3);
    }

    @Test
    void eachTimeHasItsOwnDirectoryAndLog() {
        Map<String, String> environment =
                Map.of("CURTIN_VMTEST_TOPDIR", "/srv/run", "CURTIN_VMTEST_LOG", "/srv/log", "HOME", "/home/a");
        assertThat(Repetitions.environment(environment, 2))
                .containsOnly(
                        Map.entry("CURTIN_VMTEST_TOPDIR", "/srv/run/2"),
                        Map.entry("CURTIN_VMTEST_LOG", "/srv/log.2"),
                        Map.entry("HOME", "/home/a"));
        assertThat(Repetitions.environment(Map.of(), 2)).isEmpty();
    }

    private static RunResults results(Verdict... verdicts) {
        List<TestResult> tests = Stream.iterate(0, number -> number < verdicts.length, number -> number + 1)
                .map(number -> new TestResult(
                        "Test" + number,
                        "bookworm",
                        "builtin",
                        verdicts[number],
                        1,
                        List.of(),
                        List.of(),
                        Evidence.NONE,
                        "",
                        ""))
                .toList();
        return new RunResults(
                "1", "", 1, new RunResults.AcceleratorRecord("tcg", ""), tests, new RunResults.Origin("", ""));
    }
}
