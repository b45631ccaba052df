package dev.vmtest.engine;

import dev.vmtest.process.FileTree;
import dev.vmtest.process.Processes;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.result.Announced;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.Verdict;
import dev.vmtest.session.InterruptedRunException;
import dev.vmtest.session.Shutdown;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run the units of a run on other hosts by an engine, and make of it what a run on this host is: the same display, the
 * same report, the same exit status.
 *
 * <p>Each unit is a run of its own, of the same vmtest, in a directory that both hosts see. What it says is followed while
 * it comes. A unit whose host is lost is tried once more, and that is said.
 */
public final class EngineRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);

    private static final Set<Verdict> NOTHING_TO_EXPLAIN = Set.of(Verdict.PASSED, Verdict.SKIPPED, Verdict.UNCHANGED);

    private final EngineFiles files;
    private final UnitList units;
    private final Engine engine;
    private final UnitScript script;
    private final TerminalDisplay display;
    private final EngineTimes times;
    private final EngineReport report;
    private final Lease lease;
    private final RunGuard guard;
    private final Map<String, FollowedUnit> followed = new LinkedHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Clock clock = Clock.systemUTC();
    private final Thread interrupted = new Thread(this::interrupted, "report-interrupted-run");

    /**
     * Say what is to run, and where.
     *
     * @param topdir the run's directory
     * @param units what is to run, written to {@code units.json}
     * @param announced the same, as results name it
     * @param origin on what host it runs, and by which command
     */
    public record Task(Path topdir, UnitList units, List<Announced> announced, RunResults.Origin origin) {

        public Task {
            announced = List.copyOf(announced);
        }
    }

    /**
     * Begin a run: its directory is there and empty.
     *
     * @param task what is to run, and where
     * @param processes starts the guard of the run
     * @throws IOException if the directory cannot be written
     */
    public EngineRun(
            Task task,
            Engine engine,
            UnitScript script,
            Processes processes,
            TerminalDisplay display,
            EngineTimes times)
            throws IOException {
        this.files = new EngineFiles(task.topdir());
        this.units = task.units();
        this.engine = engine;
        this.script = script;
        this.display = display;
        this.times = times;
        this.report = new EngineReport(task.topdir(), units, task.announced(), engine.describe(), task.origin(), clock);
        report.begin();
        Files.createDirectories(files.lease().getParent());
        this.lease = new Lease(files.lease(), times.patience());
        this.guard = new RunGuard(files, processes);
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /**
     * Run everything.
     *
     * @return the results of all units
     * @throws InterruptedRunException if the JVM is being ended, which reports by itself
     * @throws IOException if the directory of the run cannot be read or written
     */
    public RunResults run() throws IOException, InterruptedException {
        display.runStarted(report.accelerator(), files.topdir(), units.units().size());
        List<Attempt> first = new ArrayList<>();
        for (Unit unit : units.units()) {
            Attempt attempt = prepare(unit, 1);
            first.add(attempt);
            followed.put(unit.id(), new FollowedUnit(unit, report.announced(unit), attempt));
        }
        engine.submit(first);
        while (open()) {
            refuseAtTheEnd();
            lease.renew();
            look();
            if (open() && over.await(times.look().toMillis(), TimeUnit.MILLISECONDS)) {
                refuseAtTheEnd();
            }
        }
        return finish();
    }

    private static void refuseAtTheEnd() {
        if (Shutdown.isUnderWay()) {
            throw new InterruptedRunException();
        }
    }

    private boolean open() {
        return followed.values().stream().anyMatch(unit -> unit.result() == null);
    }

    private Attempt prepare(Unit unit, int number) throws IOException {
        Attempt attempt = new Attempt(unit, number, files.attempt(unit, number));
        Files.createDirectories(attempt.directory());
        lease.grant(attempt);
        script.write(attempt);
        return attempt;
    }

    /** Look at everything that may have changed, once. */
    private synchronized void look() throws IOException {
        for (Ending ending : engine.ended()) {
            FollowedUnit unit = followed.get(ending.attempt().unit().id());
            if (unit != null) {
                unit.ended(ending, System.nanoTime());
            }
        }
        for (FollowedUnit unit : followed.values()) {
            if (unit.result() == null) {
                follow(unit);
                judge(unit);
            }
        }
        engine.news().forEach(news -> display.warn(List.of(news)));
    }

    private void follow(FollowedUnit unit) {
        try {
            unit.follow(display::happened);
        } catch (IOException unreadable) {
            LOG.warn("what {} says cannot be read: {}", unit.unit().id(), PlainTrouble.of(unreadable));
        }
    }

    private void judge(FollowedUnit unit) throws IOException {
        Ending ending = unit.ending();
        if (ending == null || Shutdown.isUnderWay()) {
            return;
        }
        Optional<MergePart> finished = unit.finished();
        if (finished.isPresent()) {
            follow(unit);
            accept(unit, finished.get());
        } else if (!ending.isWhole()
                || unit.sinceEnd(System.nanoTime()) > times.settle().toNanos()) {
            lose(unit, ending);
        }
    }

    private void accept(FollowedUnit unit, MergePart part) throws IOException {
        engine.judged(unit.attempt(), true);
        Path from = ReportFiles.testDirectory(
                unit.attempt().topdir(), unit.announced().directory());
        Path to = files.topdir().resolve(unit.announced().directory());
        if (Files.isDirectory(from)) {
            take(from, to);
        }
        TestResult result =
                part.result(unit.unit()).orElseThrow().in(unit.announced().directory());
        finished(unit, result, part);
        Files.deleteIfExists(unit.attempt().script());
        if (NOTHING_TO_EXPLAIN.contains(result.verdict())) {
            // What the unit's run said beside its test is of use only where something went wrong.
            FileTree.delete(unit.attempt().directory());
        }
    }

    private static void take(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException otherFileSystem) {
            KeptFiles.copy(from, to);
        }
    }

    private void finished(FollowedUnit unit, TestResult result, @Nullable MergePart part) throws IOException {
        unit.accept(result, part);
        unit.close();
        RunEvent.TestFinished ended =
                new RunEvent.TestFinished(now(), unit.unit().title(), result);
        display.happened(ended);
        RunReport.checkpoint(files.topdir(), ended);
    }

    private void lose(FollowedUnit unit, Ending ending) throws IOException {
        Attempt lost = unit.attempt();
        engine.judged(lost, false);
        Lease.revoke(lost);
        Files.deleteIfExists(lost.script());
        List<String> said = OutputEnd.of(lost.output());
        String why = "the host failed: its unit ended without a result, " + ending.how()
                + (said.isEmpty() ? "" : ", and the last word was: " + said.get(said.size() - 1));
        if (lost.number() < FollowedUnit.ATTEMPTS) {
            display.happened(new RunEvent.Notice(now(), unit.unit().title(), why + "; submitted again"));
            LOG.warn("{}: {}; submitted again", unit.unit().id(), why);
            Attempt next = prepare(unit.unit(), lost.number() + 1);
            unit.again(next);
            engine.submit(List.of(next));
            return;
        }
        finished(
                unit,
                unit.announced()
                        .interrupted(
                                0,
                                List.of(),
                                List.of(),
                                new Evidence(why + " (attempt " + lost.number() + ")", said, "", "", ""),
                                unit.announced().directory()),
                null);
    }

    private List<TestResult> results() {
        return followed.values().stream()
                .map(FollowedUnit::result)
                .filter(Objects::nonNull)
                .toList();
    }

    private RunResults finish() throws IOException {
        synchronized (this) {
            refuseAtTheEnd();
            RunResults results = report.finish(followed.values());
            report.problems().forEach(problem -> display.warn(List.of(problem)));
            display.runFinished(results, ReportFiles.page(files.topdir()));
            return results;
        }
    }

    /** Report what is known when Ctrl-C, TERM or HUP ends the JVM; the guard ends the units meanwhile. */
    private void interrupted() {
        over.countDown();
        synchronized (this) {
            try {
                if (!report.isFinished()) {
                    RunResults results = report.interrupted(results());
                    display.runInterrupted(results, ReportFiles.page(files.topdir()));
                }
                display.close();
            } catch (IOException | RuntimeException lost) {
                System.err.println("vmtest: the report of the interrupted run could not be written: "
                        + Printable.line(String.valueOf(lost.getMessage())));
            }
        }
    }

    private double now() {
        return clock.millis() / 1000.0;
    }

    /** End what still runs: nothing does after {@link #run}. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException alreadyShuttingDown) {
            return;
        }
        guard.close();
        engine.close();
        for (FollowedUnit unit : followed.values()) {
            unit.close();
        }
        display.close();
    }
}
