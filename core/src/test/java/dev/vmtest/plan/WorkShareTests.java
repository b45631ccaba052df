package dev.vmtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.text.MistakeException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkShareTests {

    private static Map<String, String> environment(String words) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin"));
        Arrays.stream(words.split(" "))
                .map(word -> word.split("=", 2))
                .forEach(pair -> environment.put(pair[0], pair[1]));
        return environment;
    }

    @ParameterizedTest
    @CsvSource({
        "CI_NODE_INDEX=2 CI_NODE_TOTAL=4, 2, 4",
        "STRATEGY_JOB_INDEX=0 STRATEGY_JOB_TOTAL=4, 1, 4",
        "CIRCLE_NODE_INDEX=3 CIRCLE_NODE_TOTAL=4, 4, 4",
        "BUILDKITE_PARALLEL_JOB=1 BUILDKITE_PARALLEL_JOB_COUNT=4, 2, 4",
        "SYSTEM_JOBPOSITIONINPHASE=4 SYSTEM_TOTALJOBSINPHASE=4, 4, 4",
        "JENKINS_SHARD_INDEX=1 JENKINS_SHARD_TOTAL=4, 1, 4",
        "TEST_SHARD_INDEX=3 TEST_TOTAL_SHARDS=5, 4, 5",
        "SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=2, 3, 3",
        "SGE_TASK_ID=5 SGE_TASK_FIRST=1 SGE_TASK_LAST=7 SGE_TASK_STEPSIZE=2, 3, 4",
        "JOB_COMPLETION_INDEX=6 JOB_COMPLETIONS=7, 7, 7",
    })
    void eachSchedulerIsUnderstood(String told, int number, int count) {
        assertThat(WorkShare.of(environment(told))).isEqualTo(new WorkShare(number, count));
    }

    @ParameterizedTest
    @CsvSource({
        "CI_NODE_INDEX=2, CI_NODE_TOTAL is not",
        "CI_NODE_TOTAL=4, CI_NODE_INDEX is not",
        "STRATEGY_JOB_INDEX=0, STRATEGY_JOB_TOTAL is not",
        "CIRCLE_NODE_TOTAL=2, CIRCLE_NODE_INDEX is not",
        "BUILDKITE_PARALLEL_JOB=1, BUILDKITE_PARALLEL_JOB_COUNT is not",
        "SYSTEM_TOTALJOBSINPHASE=4, SYSTEM_JOBPOSITIONINPHASE is not",
        "JENKINS_SHARD_TOTAL=4, JENKINS_SHARD_INDEX is not",
        "TEST_SHARD_INDEX=3, TEST_TOTAL_SHARDS is not",
        "SLURM_ARRAY_TASK_ID=14, 'SLURM_ARRAY_TASK_COUNT and SLURM_ARRAY_TASK_MIN and SLURM_ARRAY_TASK_STEP are not'",
        "SGE_TASK_ID=5, 'SGE_TASK_FIRST and SGE_TASK_LAST and SGE_TASK_STEPSIZE are not'",
        "JOB_COMPLETION_INDEX=6, JOB_COMPLETIONS is not",
        "CI_NODE_INDEX=2 CI_NODE_TOTAL=, CI_NODE_TOTAL is not",
    })
    void halfOfAPairIsAnErrorThatNamesTheOtherHalf(String told, String missing) {
        assertThatThrownBy(() -> WorkShare.of(environment(told)))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CI_NODE_INDEX=0 CI_NODE_TOTAL=4",
                "CI_NODE_INDEX=5 CI_NODE_TOTAL=4",
                "CIRCLE_NODE_INDEX=4 CIRCLE_NODE_TOTAL=4",
                "JOB_COMPLETION_INDEX=x JOB_COMPLETIONS=7",
                "TEST_SHARD_INDEX=-1 TEST_TOTAL_SHARDS=7",
            })
    void whatIsNoShareIsRefusedWithItsVariables(String told) {
        assertThatThrownBy(() -> WorkShare.of(environment(told)))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining(told.substring(0, told.indexOf('=')));
    }

    @Test
    void aJobThatNobodySharesIsAnErrorThatNamesWhatWouldTell() {
        assertThatThrownBy(() -> WorkShare.of(environment("CI=true")))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("CI_NODE_INDEX and CI_NODE_TOTAL (GitLab)")
                .hasMessageContaining("JOB_COMPLETION_INDEX and JOB_COMPLETIONS")
                .hasMessageContaining("--shard I/N");
        // GitLab's job without 'parallel', and Grid Engine's that is no array.
        assertThatThrownBy(() -> WorkShare.of(environment("CI_NODE_TOTAL=1 SGE_TASK_ID=undefined")))
                .hasMessageContaining("nothing here says which share");
    }

    @Test
    void oneOfOneGivesWayAndTwoSharesAreAnError() {
        assertThat(WorkShare.of(environment("SYSTEM_JOBPOSITIONINPHASE=1 SYSTEM_TOTALJOBSINPHASE=1")))
                .isEqualTo(new WorkShare(1, 1));
        assertThat(
                        WorkShare.of(
                                environment(
                                        "CI_NODE_TOTAL=1 CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=1 TEST_SHARD_INDEX=3 TEST_TOTAL_SHARDS=5")))
                .isEqualTo(new WorkShare(4, 5));
        assertThatThrownBy(() -> WorkShare.of(
                        environment("CI_NODE_INDEX=1 CI_NODE_TOTAL=3 TEST_SHARD_INDEX=3 TEST_TOTAL_SHARDS=5")))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("GitLab and Bazel tell different shares");
    }
}
