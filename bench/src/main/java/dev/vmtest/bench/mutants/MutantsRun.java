package dev.vmtest.bench.mutants;

import dev.vmtest.process.Command;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Install every base as it is and every group of defects, by the command that a user types, and judge the results.
 *
 * @param tree the built source tree
 * @param sources the directory of the bases
 * @param output a directory that keeps what the run writes
 * @param kept whether the results of an earlier run of the same defects are judged, and nothing is run
 */
record MutantsRun(
        Path tree, Path sources, Path output, String release, boolean kept, Processes processes, PrintStream log) {

    private static final int FIRST_STATUS_WITHOUT_RESULTS = 2;

    /**
     * Hold what was learned.
     *
     * @param unexpected the checks that failed though no defect is about them
     * @param untold what says nothing about its defects, and why: a base that does not pass, an install that fails,
     *     trouble of the host
     */
    record Learned(List<MutantOutcome> outcomes, List<String> unexpected, List<String> untold) {}

    /**
     * Run and judge.
     *
     * @throws IllegalStateException if there is no result
     */
    Learned run(List<Mutant> mutants) throws Exception {
        List<MutantGroup> groups = MutantGroup.pack(mutants);
        Learned first = run(groups, bases(mutants), output.resolve("run"));
        List<MutantOutcome> outcomes = new ArrayList<>(first.outcomes());
        List<String> unexpected = new ArrayList<>(first.unexpected());
        List<String> untold = new ArrayList<>(first.untold());
        List<Mutant> lost = outcomes.stream()
                .filter(outcome -> !outcome.killed())
                .map(MutantOutcome::mutant)
                .toList();
        boolean shared = lost.stream().anyMatch(mutant -> sharesMachine(mutant, groups));
        if (shared) {
            // In a shared machine one defect may keep another from showing; alone it has its say.
            List<MutantGroup> alone = lost.stream()
                    .map(mutant -> new MutantGroup(
                            MutantGroup.stem(mutant.base()) + "-" + mutant.name(), mutant.base(), List.of(mutant)))
                    .toList();
            Learned second = run(alone, Set.of(), output.resolve("run-alone"));
            outcomes.removeIf(outcome -> lost.contains(outcome.mutant()));
            outcomes.addAll(second.outcomes());
            unexpected.addAll(second.unexpected());
            untold.addAll(second.untold());
        }
        return new Learned(List.copyOf(outcomes), List.copyOf(unexpected), List.copyOf(untold));
    }

    private static boolean sharesMachine(Mutant mutant, List<MutantGroup> groups) {
        return groups.stream()
                .anyMatch(group ->
                        group.mutants().contains(mutant) && group.mutants().size() > 1);
    }

    private static Set<String> bases(List<Mutant> mutants) {
        return mutants.stream().map(Mutant::base).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Learned run(List<MutantGroup> groups, Set<String> bases, Path topdir) throws Exception {
        Path configs = Files.createDirectories(output.resolve("configs"));
        List<String> words = new ArrayList<>(List.of(tree.resolve("bin/vmtest").toString(), "run"));
        for (String base : bases) {
            words.add(sources.resolve(base).toString());
        }
        for (MutantGroup group : groups) {
            Path file = configs.resolve(group.name() + ".yaml");
            Files.writeString(file, group.config(Files.readString(sources.resolve(group.base()))));
            words.add(file.toString());
            log.println(group.name() + ": "
                    + group.mutants().stream().map(Mutant::name).collect(Collectors.joining(", ")));
        }
        words.addAll(List.of("--release", release, "--topdir", topdir.toString()));
        RunResults results = start(words, topdir);
        Map<String, TestResult> byName =
                results.tests().stream().collect(Collectors.toMap(TestResult::name, Function.identity()));
        List<MutantGroup> told = new ArrayList<>(groups);
        List<String> untold = new ArrayList<>();
        for (String base : bases) {
            TestResult result = find(byName, MutantGroup.stem(base));
            if (result.verdict() != Verdict.PASSED) {
                told.removeIf(group -> group.base().equals(base));
                untold.add(base + " and all its defects, for without any it ended with "
                        + result.verdict().text());
            }
        }
        Learned learned = judge(told, byName);
        untold.addAll(learned.untold());
        return new Learned(learned.outcomes(), learned.unexpected(), untold);
    }

    private RunResults start(List<String> words, Path topdir) throws Exception {
        if (kept) {
            return ResultFiles.readResults(ReportFiles.results(topdir));
        }
        Path told = output.resolve(topdir.getFileName() + ".log");
        log.println("running, told in " + told);
        Command command = Command.of(words);
        try (Running running = processes.start(command, told)) {
            int status = running.exit().get();
            if (status >= FIRST_STATUS_WITHOUT_RESULTS) {
                throw new IllegalStateException("the run ended with exit status " + status + "; see " + told);
            }
        }
        return ResultFiles.readResults(ReportFiles.results(topdir));
    }

    /** Judge the groups of a run; what the host spoiled says nothing, and an install that fails is no check. */
    static Learned judge(List<MutantGroup> groups, Map<String, TestResult> results) {
        List<MutantOutcome> outcomes = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        for (MutantGroup group : groups) {
            TestResult result = find(results, group.name());
            if (result.verdict() == Verdict.INFRASTRUCTURE || result.verdict() == Verdict.INSTALL_FAILED) {
                untold.add(
                        group.name() + ", for it ended with " + result.verdict().text());
                continue;
            }
            outcomes.addAll(MutantOutcome.judge(group, result));
            MutantOutcome.unexpected(group, result).forEach(check -> unexpected.add(group.name() + ": " + check));
        }
        return new Learned(outcomes, unexpected, untold);
    }

    private static TestResult find(Map<String, TestResult> results, String name) {
        TestResult result = results.get(name);
        if (result == null) {
            throw new IllegalStateException("the run has no result of " + name);
        }
        return result;
    }
}
