package dev.vmtest.session;

import dev.vmtest.config.Problems;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.RunRecorder;
import dev.vmtest.report.RunReport;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.run.RunContext;
import dev.vmtest.run.RunResults;
import dev.vmtest.run.RunResults.AcceleratorRecord;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestCases;
import dev.vmtest.run.TestDefinition;
import dev.vmtest.run.TestResult;
import dev.vmtest.run.TestRunner;
import dev.vmtest.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hold one run from its first word to its report.
 *
 * <pre>{@code
 * try (Session session = Session.open(options, environment, display)) {
 *     for (TestCase test : session.announce(definitions)) {
 *         session.schedule().finish(session.schedule().await(test), List.of());
 *     }
 *     RunResults results = session.finish();
 * }
 * }</pre>
 *
 * <p>Nothing is made on the host before the first test is announced: a configuration that is wrong
 * leaves no directory behind. When the JVM is ended from outside the report of what is known is
 * written on the way out.
 */
public final class Session implements AutoCloseable {

    private final Host host;
    private final SessionOptions options;
    private final TestCases testCases;
    private final TerminalDisplay display;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final Map<String, TestCase> announced = new LinkedHashMap<>();
    private final Thread interrupted = new Thread(this::interrupted, "report-interrupted-run");
    private @Nullable Run run;
    private boolean reported;

    /** Hold what exists only once there is something to run. */
    private record Run(Path topdir, AcceleratorRecord accelerator, RunRecorder recorder, Schedule schedule) {}

    private Session(SessionOptions options, Map<String, String> environment, TerminalDisplay display) {
        this.host = new Host(options, environment, new SupervisedProcesses(), clock);
        this.options = options;
        this.testCases = new TestCases(host.testDefaults());
        this.display = display;
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /** Open a run. */
    public static Session open(SessionOptions options, Map<String, String> environment, TerminalDisplay display) {
        return new Session(options, environment, display);
    }

    /** Return which vmtest this is. */
    public static String version() {
        String version = Session.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /**
     * Announce tests, so that their runs can be ordered before the first is asked for.
     *
     * @return each test on each of its releases that this run is for
     * @throws dev.vmtest.config.ConfigException with everything that is wrong with any configuration
     * @throws InfrastructureException if this host cannot run any test
     */
    public List<TestCase> announce(List<TestDefinition> definitions) {
        Problems problems = new Problems();
        List<TestCase> cases = new ArrayList<>();
        for (TestDefinition definition : definitions) {
            cases.addAll(testCases.of(definition, releases(definition), problems));
        }
        problems.throwIfAny();
        synchronized (this) {
            cases.forEach(test -> announced.putIfAbsent(test.title(), test));
            Run running = running(cases);
            cases.forEach(running.schedule()::announce);
        }
        return cases;
    }

    /** Return the schedule of the tests that were announced. */
    public synchronized Schedule schedule() {
        if (run == null) {
            throw new IllegalStateException("no test was announced");
        }
        return run.schedule();
    }

    /** Write and show the report of everything that was finished. */
    public synchronized RunResults finish() throws IOException {
        if (run == null) {
            throw new IllegalStateException("no test was announced");
        }
        List<TestResult> tests = run.schedule().results();
        double seconds = (clock.millis() - started.toEpochMilli()) / 1000.0;
        RunResults results = new RunResults(version(), started.toString(), seconds, run.accelerator(), tests);
        Path page = RunReport.write(run.topdir(), results);
        reported = true;
        display.runFinished(results, page);
        return results;
    }

    /** End what still runs; a run that was not reported yet is reported now. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException alreadyShuttingDown) {
            return;
        }
        try {
            if (run != null && !reported) {
                var unused = finish();
            }
        } finally {
            end();
        }
    }

    private void end() throws IOException {
        if (run != null) {
            run.schedule().close();
            run.recorder().close();
        }
        display.close();
        host.close();
    }

    /** Ctrl-C or TERM: the guests end with their guards; what is known so far is still reported. */
    private void interrupted() {
        try {
            Run running = run;
            if (running != null) {
                running.schedule().close();
                running.recorder().close();
                var unused = RunReport.rebuild(running.topdir());
            }
            display.close();
        } catch (IOException | RuntimeException lost) {
            System.err.println("vmtest: the report of the interrupted run could not be written: " + lost.getMessage());
        }
    }

    private Run running(List<TestCase> first) {
        if (run != null) {
            return run;
        }
        Path topdir = host.createTopdir();
        AcceleratorRecord accelerator = host.accelerator(first);
        display.runStarted(accelerator, topdir, announced.size());
        RunRecorder recorder = new RunRecorder(topdir);
        RunContext context = host.context(topdir, version(), event -> {
            recorder.happened(event);
            display.happened(event);
        });
        try {
            RunReport.begin(topdir, version(), started, accelerator);
        } catch (IOException trouble) {
            throw new InfrastructureException(
                    "nothing can be written to " + topdir + ": " + trouble.getMessage(), trouble);
        }
        run = new Run(topdir, accelerator, recorder, new Schedule(new TestRunner(context), host.parallel()));
        return run;
    }

    private List<String> releases(TestDefinition definition) {
        if (options.releases().isEmpty()) {
            return definition.releases();
        }
        return options.releases();
    }
}
