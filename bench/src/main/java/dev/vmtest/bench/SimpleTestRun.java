package dev.vmtest.bench;

import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.run.RunResults;
import dev.vmtest.run.TestResult;
import dev.vmtest.run.Verdict;
import java.nio.file.Path;
import java.util.List;

/**
 * Run {@code SimpleTest} by the command that a user types, with an image that is there already, and read its
 * {@code results.json}.
 */
final class SimpleTestRun implements Benchmark {

    /** The seconds a test that are not a guest's: reading, preparing, judging, reporting. */
    private static final double OUTSIDE_LIMIT = 2;

    /**
     * What curtin's Python harness with curtin took for one class on the machine on which this was planned: 2 cores,
     * QEMU 7.2, TCG, one virtual CPU (with two it took 307.6 s). Its class had three partitions and a second disk;
     * docs/benchmarks.md says what follows.
     */
    private static final double PYTHON_HARNESS_SECONDS = 384.7;

    private static final double HARNESS_LIMIT = 0.5;

    @Override
    public String name() {
        return "simple-test";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        Path topdir = laboratory.output().resolve("simple-test");
        Path log = laboratory.output().resolve("simple-test.log");
        Command command = Command.of(
                        laboratory.tree().resolve("bin/vmtest").toString(),
                        "run",
                        "SimpleTest",
                        "--release",
                        Laboratory.RELEASE,
                        "--installer",
                        BuiltinInstaller.NAME,
                        "--topdir",
                        topdir.toString())
                .withEnvironment("CURTIN_VMTEST_NR_CPUS", String.valueOf(Laboratory.CPUS))
                .withEnvironment("CURTIN_VMTEST_VMRAM", String.valueOf(Laboratory.MEMORY));
        laboratory.tell("running SimpleTest, told in " + log);
        try (Running running = laboratory.processes().start(command, log)) {
            int status = running.exit().get();
            if (status != 0) {
                throw new IllegalStateException(
                        "the run of SimpleTest ended with exit status " + status + "; see " + log);
            }
        }
        return entries(ResultFiles.readResults(ReportFiles.results(topdir)));
    }

    /**
     * Return what the results of a run say.
     *
     * @throws IllegalStateException if they are not those of one test that passed: a failure is fast
     */
    static List<Entry> entries(RunResults results) {
        if (results.tests().size() != 1 || results.tests().get(0).verdict() != Verdict.PASSED) {
            throw new IllegalStateException("one test that passed was expected, not "
                    + results.tests().stream()
                            .map(test -> test.title() + ": " + test.verdict().text())
                            .toList());
        }
        TestResult test = results.tests().get(0);
        if (test.phases().stream().noneMatch(phase -> phase.vmSeconds() > 0)) {
            throw new IllegalStateException("no phase of " + test.title() + " ran a guest");
        }
        return List.of(
                Entry.atMost("seconds outside running guests per test", test.overheadSeconds(), OUTSIDE_LIMIT),
                Entry.atMost(
                        "SimpleTest / Python harness with curtin",
                        test.seconds() / PYTHON_HARNESS_SECONDS,
                        HARNESS_LIMIT));
    }
}
