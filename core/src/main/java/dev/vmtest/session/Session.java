package dev.vmtest.session;

import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.RunRecorder;
import dev.vmtest.report.RunReport;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.Verdict;
import dev.vmtest.schedule.Budget;
import dev.vmtest.schedule.Schedule;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import dev.vmtest.trial.FullDisk;
import dev.vmtest.trial.KeptDataRunner;
import dev.vmtest.trial.RunContext;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold one run from its first word to its report.
 *
 * <pre>{@code
 * try (Session session = Session.open(options, surroundings, display)) {
 *     for (TestCase test : session.announce(definitions)) {
 *         session.schedule().finish(session.schedule().await(test), List.of());
 *     }
 *     RunResults results = session.finish();
 * }
 * }</pre>
 *
 * <p>Nothing is made on the host before the first test is announced and everything that it needs is
 * there: a configuration that is wrong leaves no directory behind. When the JVM is ended from
 * outside, what the guests and their tests still say is not heard, and the report of what was known
 * by then is written on the way out.
 */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Host host;
    private final RunLog log;
    private final Origin origin;
    private final TestCases testCases;
    private final Announcements announcements = new Announcements();
    private final TerminalDisplay display;
    private final RunUnits units;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final Thread interrupted = new Thread(this::interrupted, "report-interrupted-run");

    /** Held by whoever begins or reports the run: the thread that runs it, or the one that ends the JVM. */
    private final Object boundary = new Object();

    private volatile @Nullable Run run;
    private boolean reported;
    private boolean sharesHost;

    /** Hold what exists only once there is something to run. */
    private record Run(RunReporting reporting, RunRecorder recorder, SpareProcessors processors, Schedule schedule) {}

    private Session(SessionOptions options, Surroundings surroundings, TerminalDisplay display) {
        QemuChoice qemu = QemuChoice.of(surroundings.environment());
        this.host = new Host(
                options,
                surroundings.withEnvironment(qemu.environment()),
                new SupervisedProcesses(qemu.changes()),
                clock);
        this.log = surroundings.log();
        this.origin = new Origin(HostDescription.ofThisHost().text(), surroundings.commandLine());
        this.testCases = host.testCases();
        this.display = display;
        this.units = new RunUnits(
                host, RunHistory.of(surroundings.environment()), EarlierPasses.of(surroundings.environment(), clock));
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /**
     * Open a run.
     *
     * @throws MistakeException if no installer has the name in the options
     * @throws dev.vmtest.settings.SettingsException with every environment variable that is wrong
     */
    public static Session open(SessionOptions options, Surroundings surroundings, TerminalDisplay display) {
        return new Session(options, surroundings, display);
    }

    /** Return which vmtest this is: a release, or a commit. */
    public static String version() {
        return BuildVersion.ofThisBuild();
    }

    /**
     * Announce tests, so that their runs can be ordered before the first is asked for.
     *
     * @return each test on each of its releases; a test whose name was announced before has the cases
     *     that it had then
     * @throws dev.vmtest.config.ConfigException with everything that is wrong with any configuration
     * @throws InfrastructureException if this host cannot run any test
     */
    public List<TestCase> announce(List<TestDefinition> definitions) {
        return announce(new ChosenTests(definitions, new Problems(), testCases));
    }

    /** Announce tests that were read already, of which something may be known to be wrong, to say all of it at once. */
    public synchronized List<TestCase> announce(ChosenTests chosen) {
        Problems problems = chosen.problems();
        Map<String, List<TestCase>> found =
                announcements.read(chosen.definitions(), host.testCases(chosen.cases()), problems);
        problems.throwIfAny();
        display.warn(problems.warnings().stream().map(Problem::toString).toList());
        List<TestCase> cases = found.values().stream().flatMap(List::stream).toList();
        Run running = running(cases);
        if (announcements.add(found)) {
            noteAnnounced(running.reporting(), cases);
        }
        display.expect(cases.stream().map(TestCase::title).toList(), units.expectedSeconds(cases));
        running.processors()
                .share(announcements.all().stream().filter(this::needsMachine).toList());
        cases.forEach(running.schedule()::announce);
        return cases;
    }

    /**
     * Say that the tests of this run are only some of a larger one, whose parts are merged.
     *
     * @param ids the ids of all units of the larger run
     */
    public synchronized void isPartOf(List<String> ids) {
        units.arePartOf(ids);
    }

    /**
     * Say that other runs may work on this host at the same time, as one engine's units do: no machine of this one then has
     * more processors than its test asks for.
     */
    public synchronized void sharesHost() {
        sharesHost = true;
    }

    /** Return whether a test that was announced is not run, because it passed before with the same inputs. */
    public boolean isUnchanged(TestCase test) {
        return units.proof(test.title()).isPresent();
    }

    /** Return who reads the configurations of this run. */
    public TestCases testCases() {
        return testCases;
    }

    /** Return the directory of the run. */
    public Path topdir() {
        return current().reporting().topdir();
    }

    /** Return the schedule of the tests that were announced. */
    public Schedule schedule() {
        return current().schedule();
    }

    /**
     * Write and show the report of everything that was finished.
     *
     * @throws InterruptedRunException if the JVM is being ended, which reports by itself
     */
    public RunResults finish() throws IOException {
        Run running = current();
        synchronized (boundary) {
            if (Shutdown.isUnderWay()) {
                throw new InterruptedRunException();
            }
            RunResults results = running.reporting().results(running.schedule().results());
            reported = true;
            try {
                display.runFinished(results, running.reporting().write(results));
            } catch (IOException trouble) {
                Path topdir = running.reporting().topdir();
                display.runFinished(results, ReportFiles.page(topdir));
                throw new InfrastructureException(incomplete(topdir, trouble), trouble);
            }
            return results;
        }
    }

    private static String incomplete(Path topdir, IOException trouble) {
        return "the report is not complete: "
                + (FullDisk.isBehind(trouble)
                        ? "the disk of " + topdir + " is full; make room there"
                        : PlainTrouble.of(trouble))
                + ", then write it again with 'vmtest report " + topdir + "'";
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

    private Run current() {
        Run running = run;
        if (running == null) {
            throw new IllegalStateException("no test was announced");
        }
        return running;
    }

    private void end() throws IOException {
        Run running = run;
        if (running != null) {
            running.schedule().close();
        }
        // The threads of the schedule end when their machines do.
        host.close();
        if (running != null) {
            running.recorder().close();
            units.prune();
        }
        display.close();
    }

    /**
     * Report what is known when Ctrl-C, TERM or HUP ends the JVM. The guests are ended by their own
     * supervisors at the same time.
     */
    private void interrupted() {
        synchronized (boundary) {
            Run running = run;
            try {
                if (running == null) {
                    display.runInterrupted(null, null);
                } else if (!reported) {
                    running.schedule().close();
                    running.recorder().close();
                    Path topdir = running.reporting().topdir();
                    RunResults results = RunReport.rebuild(topdir);
                    display.runInterrupted(results, ReportFiles.page(topdir));
                }
                display.close();
            } catch (IOException | RuntimeException lost) {
                System.err.println("vmtest: the report of the interrupted run could not be written: "
                        + Printable.line(String.valueOf(lost.getMessage())));
            }
        }
    }

    private Run running(List<TestCase> first) {
        Run running = run;
        if (running != null) {
            return running;
        }
        Topdir topdir = host.topdir();
        host.require(first, topdir);
        RunReporting reporting = new RunReporting(
                topdir.path(), host.accelerator(first), started, clock, origin, units.remembered(), host.reuses());
        synchronized (boundary) {
            if (Shutdown.isUnderWay()) {
                throw new InterruptedRunException();
            }
            begin(topdir, reporting);
            RunRecorder recorder =
                    host.reuses() ? RunRecorder.ofResults(topdir.path()) : new RunRecorder(topdir.path());
            RunContext context = host.context(topdir.path(), version(), event -> happened(event, recorder));
            TestExecutor runner =
                    host.reuses() ? new KeptDataRunner(context, host::earlierResult) : new TestRunner(context);
            SpareProcessors processors =
                    new SpareProcessors(runner, host.budget(), sharesHost || host.givesProcessors());
            TestExecutor executor = new AttendedExecutor(
                    new UnchangedExecutor(processors, units::proof, topdir.path(), context.listener(), clock));
            running = new Run(
                    reporting,
                    recorder,
                    processors,
                    new Schedule(
                            executor,
                            host.budget(),
                            test -> demand(processors.of(test)),
                            host.watch(why -> display.warn(List.of(why)))));
            run = running;
        }
        display.runStarted(reporting.accelerator(), topdir.path(), first.size());
        return running;
    }

    private boolean needsMachine(TestCase test) {
        return test.skipReason().isEmpty() && !isUnchanged(test);
    }

    private Budget.Demand demand(TestCase test) {
        return isUnchanged(test) ? Budget.Demand.NONE : host.demand(test);
    }

    /** Make the directory and the log of the run; if that fails neither stays. */
    private void begin(Topdir topdir, RunReporting reporting) {
        Path logFile = host.log(topdir);
        boolean newLog = Files.notExists(logFile);
        List<Path> made = topdir.create();
        try {
            log.begin(logFile);
            AcceleratorRecord accelerator = reporting.accelerator();
            LOG.info("vmtest {} with accelerator {}: {}", version(), accelerator.name(), accelerator.reason());
            reporting.begin(List.of());
        } catch (IOException trouble) {
            if (newLog) {
                Topdir.remove(List.of(logFile));
            }
            Topdir.remove(made);
            throw new InfrastructureException(
                    "the run cannot write to " + topdir.path() + " and its log " + logFile + ": "
                            + PlainTrouble.of(trouble) + "; name other places with --topdir and CURTIN_VMTEST_LOG",
                    trouble);
        }
    }

    private void noteAnnounced(RunReporting reporting, List<TestCase> added) {
        try {
            reporting.begin(announcements.all());
            if (!host.reuses()) {
                units.announced(added, reporting.topdir());
            }
        } catch (IOException trouble) {
            throw new InfrastructureException(
                    "the run cannot write to " + reporting.topdir() + ": " + PlainTrouble.of(trouble)
                            + "; name another place with --topdir",
                    trouble);
        }
    }

    /** Hear what happens; what guests say that die with the JVM is no news. */
    private void happened(RunEvent event, RunRecorder recorder) {
        if (Shutdown.isUnderWay()) {
            return;
        }
        if (event instanceof RunEvent.ConsoleLine) {
            LOG.trace("{}", event);
        } else {
            LOG.debug("{}", event);
        }
        recorder.happened(event);
        display.happened(event);
        if (event instanceof RunEvent.TestFinished finished) {
            checkpoint(finished);
            remember(finished);
        }
    }

    /** Checks that are held again are no new run of a test. */
    private void remember(RunEvent.TestFinished finished) {
        Run running = run;
        if (running == null
                || running.reporting().isRepeat()
                || finished.result().verdict() == Verdict.UNCHANGED) {
            return;
        }
        units.ended(finished, running.reporting(), started, clock.instant(), origin.host());
    }

    private void checkpoint(RunEvent.TestFinished finished) {
        synchronized (boundary) {
            Run running = run;
            if (running == null || reported) {
                return;
            }
            try {
                running.reporting().checkpoint(finished);
            } catch (IOException trouble) {
                LOG.warn("the results so far cannot be kept: {}", PlainTrouble.of(trouble));
            }
        }
    }
}
