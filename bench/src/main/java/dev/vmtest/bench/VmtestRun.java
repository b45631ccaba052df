package dev.vmtest.bench;

import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Run tests by the command that a user types, and read their {@code results.json}. */
final class VmtestRun {

    private VmtestRun() {}

    /**
     * Run {@code SimpleTest}, with an image that is there already.
     *
     * @param name of the directory and the log below the laboratory's output
     * @param options further options of {@code vmtest run}
     * @throws IllegalStateException if it did not pass: a failure is fast
     */
    static TestResult of(Laboratory laboratory, String name, List<String> options) throws Exception {
        List<String> words = new ArrayList<>(List.of("SimpleTest"));
        words.addAll(options);
        return passed(of(laboratory, Side.ours(laboratory).withCpus(Laboratory.CPUS), name, words, 1));
    }

    /**
     * Hold a run that was looked at.
     *
     * @param topdir its directory
     * @param results what it found
     * @param use what its process had of the host
     */
    record Watched(Path topdir, RunResults results, ProcessUse use) {}

    /**
     * Run what is named.
     *
     * @param words tests, and further options of {@code vmtest run}
     * @param parallel how many tests run at a time
     * @throws IllegalStateException if one did not pass: a failure is fast
     */
    static RunResults of(Laboratory laboratory, Side side, String name, List<String> words, int parallel)
            throws Exception {
        return watched(laboratory, side, name, words, parallel).results();
    }

    /** Do {@link #of(Laboratory, Side, String, List, int)} and look at what it costs. */
    static Watched watched(Laboratory laboratory, Side side, String name, List<String> words, int parallel)
            throws Exception {
        Path topdir = laboratory.output().resolve(name);
        Path log = laboratory.output().resolve(name + ".log");
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--release",
                Laboratory.RELEASE,
                "--installer",
                BuiltinInstaller.NAME,
                "--parallel",
                String.valueOf(parallel),
                "--topdir",
                topdir.toString()));
        arguments.addAll(words);
        Command command =
                side.command(arguments).withEnvironment("CURTIN_VMTEST_VMRAM", String.valueOf(Laboratory.MEMORY));
        laboratory.tell("running " + String.join(" ", words) + ", told in " + log);
        try (Running running = laboratory.processes().start(command, log);
                ProcessLooks looks = new ProcessLooks(running.pid())) {
            int status = running.exit().get();
            if (status != 0) {
                throw new IllegalStateException("the run ended with exit status " + status + "; see " + log);
            }
            return new Watched(topdir, ResultFiles.readResults(ReportFiles.results(topdir)), looks.last());
        }
    }

    /**
     * Return the one test of a run.
     *
     * @throws IllegalStateException if there is not one that passed in a guest
     */
    static TestResult passed(RunResults results) {
        TestResult test = only(results);
        if (test.phases().stream().noneMatch(phase -> phase.vmSeconds() > 0)) {
            throw new IllegalStateException("no phase of " + test.title() + " ran a guest");
        }
        return test;
    }

    /**
     * Return the one test of a run, whether a guest ran or not.
     *
     * @throws IllegalStateException if there is not one that passed: a failure is fast
     */
    static TestResult only(RunResults results) {
        if (results.tests().size() != 1 || results.tests().get(0).verdict() != Verdict.PASSED) {
            throw new IllegalStateException("one test that passed was expected, not "
                    + results.tests().stream()
                            .map(test -> test.title() + ": " + test.verdict().text())
                            .toList());
        }
        return results.tests().get(0);
    }
}
