package dev.vmtest.plan;

import dev.vmtest.text.MistakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Say which of several equal shares of the work is one's own, as whatever started this command tells it.
 *
 * @param number which share, from 1
 * @param count how many there are
 */
public record WorkShare(int number, int count) {

    /** The variable by which the Job that vmtest prints says how many completions there are; Kubernetes has none. */
    public static final String KUBERNETES_COUNT = "JOB_COMPLETIONS";

    /** Bazel's file by which a test says that it knows of shards (Bazel's Test encyclopedia). */
    public static final String BAZEL_STATUS_FILE = "TEST_SHARD_STATUS_FILE";

    private static final String GITLAB_COUNT = "CI_NODE_TOTAL";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    /** Sun's Grid Engine says this where a job is no array. */
    private static final String UNDEFINED = "undefined";

    /** Hold what a scheduler's variables say, once all of them are known to be numbers. */
    private record Told(Map<String, Integer> numbers) {

        int of(String variable) {
            return numbers.getOrDefault(variable, 0);
        }

        /** A step of 0 is no step. */
        int step(String variable) {
            return Math.max(1, of(variable));
        }
    }

    /**
     * Hold what one kind of scheduler tells its jobs; the variables stand together or not at all.
     *
     * @param title what it is called
     * @param remedy how it is made to tell them
     * @param index makes the share of them, from 0
     * @param count makes the number of shares of them
     * @param variables their names
     */
    private record Teller(
            String title, String remedy, ToIntFunction<Told> index, ToIntFunction<Told> count, List<String> variables) {

        Teller(String title, String remedy, int first, String index, String count) {
            this(title, remedy, told -> told.of(index) - first, told -> told.of(count), List.of(index, count));
        }

        private List<String> set(Map<String, String> environment) {
            return variables.stream()
                    .filter(name -> !environment.getOrDefault(name, "").isBlank()
                            && !environment.getOrDefault(name, "").equals(UNDEFINED))
                    .toList();
        }

        /** GitLab tells a job that is not parallel that it is one of one, and no index; that says nothing. */
        private boolean saysNothing(Map<String, String> environment) {
            List<String> set = set(environment);
            return set.isEmpty()
                    || (set.equals(List.of(GITLAB_COUNT))
                            && said(environment, GITLAB_COUNT).equals("1"));
        }

        /** Return the share, or null with everything that is wrong added. */
        private @Nullable WorkShare read(Map<String, String> environment, List<String> problems) {
            List<String> set = set(environment);
            List<String> missing =
                    variables.stream().filter(name -> !set.contains(name)).toList();
            if (!missing.isEmpty()) {
                problems.add(String.join(" and ", set) + (set.size() == 1 ? " is set, " : " are set, ")
                        + String.join(" and ", missing) + (missing.size() == 1 ? " is not" : " are not")
                        + ": " + title + " says which share this is only with all of them; " + remedy);
                return null;
            }
            for (String name : variables) {
                if (!NUMBER.matcher(environment.getOrDefault(name, "")).matches()) {
                    problems.add(
                            name + " is '" + environment.getOrDefault(name, "") + "', which is no number; " + remedy);
                    return null;
                }
            }
            Told told = new Told(variables.stream()
                    .collect(Collectors.toMap(
                            name -> name, name -> Integer.parseInt(environment.getOrDefault(name, "")))));
            int own = index.applyAsInt(told);
            int all = count.applyAsInt(told);
            if (own < 0 || own >= all) {
                problems.add(variables.stream()
                                .map(name -> name + "=" + environment.getOrDefault(name, ""))
                                .collect(Collectors.joining(" "))
                        + ": that is no share of " + all + "; " + remedy);
                return null;
            }
            return new WorkShare(own + 1, all);
        }
    }

    private static final List<Teller> TELLERS = List.of(
            new Teller("GitLab", "give the job 'parallel: N'", 1, "CI_NODE_INDEX", GITLAB_COUNT),
            new Teller(
                    "a GitHub matrix",
                    "set both in the job's env: STRATEGY_JOB_INDEX: ${{ strategy.job-index }} and"
                            + " STRATEGY_JOB_TOTAL: ${{ strategy.job-total }}",
                    0,
                    "STRATEGY_JOB_INDEX",
                    "STRATEGY_JOB_TOTAL"),
            new Teller("CircleCI", "give the job 'parallelism: N'", 0, "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL"),
            new Teller(
                    "Buildkite",
                    "give the step 'parallelism: N'",
                    0,
                    "BUILDKITE_PARALLEL_JOB",
                    "BUILDKITE_PARALLEL_JOB_COUNT"),
            new Teller(
                    "Azure Pipelines",
                    "give the job 'strategy: {parallel: N}'",
                    1,
                    "SYSTEM_JOBPOSITIONINPHASE",
                    "SYSTEM_TOTALJOBSINPHASE"),
            new Teller(
                    "Jenkins",
                    "make JENKINS_SHARD_INDEX an axis of the matrix with the values 1 to N, and JENKINS_SHARD_TOTAL"
                            + " a variable of its environment",
                    1,
                    "JENKINS_SHARD_INDEX",
                    "JENKINS_SHARD_TOTAL"),
            new Teller("Bazel", "give the test 'shard_count = N'", 0, "TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS"),
            new Teller(
                    "a Slurm array",
                    "submit it with 'sbatch --array=1-N'",
                    told -> (told.of("SLURM_ARRAY_TASK_ID") - told.of("SLURM_ARRAY_TASK_MIN"))
                            / told.step("SLURM_ARRAY_TASK_STEP"),
                    told -> told.of("SLURM_ARRAY_TASK_COUNT"),
                    List.of(
                            "SLURM_ARRAY_TASK_ID",
                            "SLURM_ARRAY_TASK_COUNT",
                            "SLURM_ARRAY_TASK_MIN",
                            "SLURM_ARRAY_TASK_STEP")),
            new Teller(
                    "a Grid Engine array",
                    "submit it with 'qsub -t 1-N'",
                    told -> (told.of("SGE_TASK_ID") - told.of("SGE_TASK_FIRST")) / told.step("SGE_TASK_STEPSIZE"),
                    told -> (told.of("SGE_TASK_LAST") - told.of("SGE_TASK_FIRST")) / told.step("SGE_TASK_STEPSIZE") + 1,
                    List.of("SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE")),
            new Teller(
                    "an Indexed Job of Kubernetes",
                    "give its container " + KUBERNETES_COUNT
                            + " with the number of completions; 'vmtest engine kubernetes' prints one that has it",
                    0,
                    "JOB_COMPLETION_INDEX",
                    KUBERNETES_COUNT));

    /**
     * Read the share from the variables of whatever scheduler tells one. One share of one gives way to another
     * scheduler's: several tell that to each of their jobs.
     *
     * @throws MistakeException if none tells one, if one tells only half of it, or if two tell different ones
     */
    public static WorkShare of(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        List<Teller> telling = new ArrayList<>();
        List<WorkShare> shares = new ArrayList<>();
        for (Teller teller : TELLERS) {
            if (!teller.saysNothing(environment)) {
                WorkShare share = teller.read(environment, problems);
                if (share != null) {
                    telling.add(teller);
                    shares.add(share);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new MistakeException("--shard auto: " + String.join("\n--shard auto: ", problems));
        }
        List<WorkShare> real =
                shares.stream().filter(share -> share.count() > 1).distinct().toList();
        if (real.size() > 1) {
            throw new MistakeException("--shard auto: "
                    + telling.stream().map(Teller::title).collect(Collectors.joining(" and "))
                    + " tell different shares; name the one that counts with --shard I/N");
        }
        return !real.isEmpty() ? real.get(0) : shares.stream().findFirst().orElseThrow(WorkShare::nobodyTells);
    }

    private static MistakeException nobodyTells() {
        return new MistakeException("--shard auto: nothing here says which share of the work this is; these would: "
                + TELLERS.stream()
                        .map(teller -> String.join(" and ", teller.variables) + " (" + teller.title + ")")
                        .collect(Collectors.joining(", "))
                + "; or write --shard I/N");
    }

    /** Return what a scheduler has said by a variable; docs/engines.md lists these, which are none of ours. */
    private static String said(Map<String, String> schedulers, String variable) {
        return schedulers.getOrDefault(variable, "");
    }

    /** Return the file by whose being there Bazel knows that this run takes only its part; empty without Bazel. */
    public static String bazelStatusFile(Map<String, String> environment) {
        return said(environment, BAZEL_STATUS_FILE);
    }
}
