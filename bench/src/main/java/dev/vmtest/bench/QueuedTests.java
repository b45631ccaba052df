package dev.vmtest.bench;

import dev.vmtest.config.Problems;
import dev.vmtest.report.RunRecorder;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.schedule.Budget;
import dev.vmtest.schedule.HostWatch;
import dev.vmtest.schedule.Schedule;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import dev.vmtest.trial.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Schedule, record and report many tests whose machines are left out: a run of a thousand must not pay more for its last
 * test than for its first.
 */
final class QueuedTests implements Benchmark {

    private static final int TESTS = 1000;

    /** The first tests warm the JVM up. */
    private static final int PART = 300;

    private static final int ROUNDS = 3;
    private static final int CHECKS = 100;
    private static final double GROWTH_LIMIT = 1.25;
    private static final double MILLISECONDS_LIMIT = 20;
    private static final double NANOS = 1e6;

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        List<TestCase> tests = tests();
        List<Double> growth = new ArrayList<>();
        List<Double> each = new ArrayList<>();
        List<Double> report = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Path topdir = Files.createDirectories(laboratory.output().resolve("queue-" + round));
            Times times = run(tests, topdir);
            growth.add(times.late() / times.early());
            each.add(times.late());
            report.add(times.report());
        }
        return List.of(
                Entry.atMost("the last of 1000 tests / an early one", Median.of(growth), GROWTH_LIMIT),
                Entry.atMost("scheduling and recording a test, ms", Median.of(each), MILLISECONDS_LIMIT),
                Entry.atMost("reporting a test of 1000, ms", Median.of(report), MILLISECONDS_LIMIT));
    }

    /** Hold what a test took, in milliseconds: among the first, among the last, and in the report. */
    private record Times(double early, double late, double report) {}

    private static Times run(List<TestCase> tests, Path topdir) throws Exception {
        List<TestResult> results = new ArrayList<>();
        double[] ended = new double[TESTS];
        try (RunRecorder recorder = new RunRecorder(topdir);
                Schedule schedule = new Schedule(
                        new Machineless(topdir, recorder),
                        Budget.ofTests(1),
                        test -> new Budget.Demand(1, 1),
                        HostWatch.NONE)) {
            tests.forEach(schedule::announce);
            for (int number = 0; number < TESTS; number++) {
                TestCase test = tests.get(number);
                TestResult result = schedule.finish(schedule.await(test), List.of());
                RunReport.checkpoint(topdir, new RunEvent.TestFinished(number, test.title(), result));
                results.add(result);
                ended[number] = System.nanoTime() / NANOS;
            }
        }
        double begun = System.nanoTime() / NANOS;
        var unusedPage = RunReport.write(
                topdir,
                new RunResults(
                        "bench",
                        "2026-01-01T00:00:00Z",
                        1,
                        new AcceleratorRecord("none", ""),
                        results,
                        Origin.UNKNOWN));
        return new Times(
                (ended[2 * PART - 1] - ended[PART - 1]) / PART,
                (ended[TESTS - 1] - ended[TESTS - 1 - PART]) / PART,
                (System.nanoTime() / NANOS - begun) / TESTS);
    }

    private static List<TestCase> tests() {
        TestCases cases = new TestCases(TestDefaults.of(SessionOptions.BUILTIN, Settings.read(Map.of())));
        List<TestCase> tests = new ArrayList<>();
        for (int number = 0; number < TESTS; number++) {
            TestDefinition definition = TestDefinition.ofConfig(
                    "Queued" + number, new ConfigSource("queued.yaml", "{}"), List.of(Laboratory.RELEASE));
            Problems problems = new Problems();
            tests.addAll(cases.of(definition, definition.releases(), problems));
            problems.throwIfAny();
        }
        return tests;
    }

    /** Does at once what a machine takes a minute for, and leaves what a test leaves. */
    private record Machineless(Path topdir, RunRecorder recorder) implements TestExecutor {

        @Override
        public TestOutcome execute(TestCase test) {
            Workspace workspace = new Workspace(topdir.resolve(test.directoryName()));
            recorder.happened(new RunEvent.TestStarted(0, test.title(), test.directoryName()));
            return TestOutcome.notRun(test, workspace, Verdict.PASSED, Evidence.NONE, 0);
        }

        @Override
        public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
            TestCase test = outcome.test();
            List<CheckRecord> checks = new ArrayList<>();
            for (int number = 0; number < CHECKS; number++) {
                checks.add(new CheckRecord(
                        "check " + number, "queued.yaml:1:" + number, CheckRecord.PASSED, "what was found"));
            }
            TestResult result = new TestResult(
                    test.name(),
                    test.release(),
                    test.installerName(),
                    outcome.verdict(),
                    1,
                    List.of(new PhaseResult("install", 1, 1, List.of())),
                    checks,
                    outcome.evidence(),
                    test.directoryName(),
                    test.reproduce());
            recorder.happened(new RunEvent.TestFinished(1, test.title(), result));
            return result;
        }
    }
}
