package dev.vmtest.session;

import dev.vmtest.plan.Needs;
import dev.vmtest.plan.Units;
import dev.vmtest.report.RememberedPasses;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Proof;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Know the units of a run and what earlier runs say of them: how long they take and which are unchanged; and remember
 * how they end now.
 */
final class RunUnits {

    private final Host host;
    private final RunHistory history;
    private final EarlierPasses passes;
    private final List<Unit> units = new CopyOnWriteArrayList<>();
    private List<String> whole = List.of();

    RunUnits(Host host, RunHistory history, EarlierPasses passes) {
        this.host = host;
        this.history = history;
        this.passes = passes;
    }

    /** Say that the units are only some of a larger run's, which has these ids. */
    void arePartOf(List<String> ids) {
        whole = List.copyOf(ids);
    }

    /** Return what is remembered of earlier passes. */
    RememberedPasses remembered() {
        return history::passesBefore;
    }

    /** Return how long tests took before, by their titles. */
    Map<String, Double> expectedSeconds(List<TestCase> tests) {
        return history.expectedSeconds(tests);
    }

    /** Return the pass by which a test is unchanged; empty if it is to be run. */
    Optional<Proof> proof(String title) {
        return passes.proof(title);
    }

    /**
     * Take tests that were announced, and write down which units the run has now.
     *
     * @throws IOException if it could not be written
     */
    void announced(List<TestCase> added, Path topdir) throws IOException {
        List<String> known = units.stream().map(Unit::id).toList();
        List<TestCase> unknown =
                added.stream().filter(test -> !known.contains(Units.id(test))).toList();
        List<Unit> found = host.units(unknown, new Needs(history.expectedSeconds(unknown), List.of()));
        units.addAll(found);
        if (!host.isAttended()) {
            found.forEach(unit -> passes.look(unit, host.place()));
        }
        List<String> ids = units.stream().map(Unit::id).toList();
        var unused = ResultFiles.write(
                topdir, new UnitList(Session.version(), host.place(), whole.isEmpty() ? ids : whole, units));
    }

    /**
     * Remember how a test ended.
     *
     * @param started when the run began
     * @param now when the test ended
     * @param hostName where it ran
     */
    void ended(RunEvent.TestFinished finished, RunReporting reporting, Instant started, Instant now, String hostName) {
        TestResult result = finished.result();
        history.add(
                result,
                started.toString(),
                finished.at(),
                reporting.accelerator().name(),
                reporting.topdir());
        if (!host.isAttended()) {
            unit(result)
                    .ifPresent(unit ->
                            passes.ended(unit, result, host.place(), now, started, reporting.topdir(), hostName));
        }
    }

    /** Forget what earlier runs say that does not count any more. */
    void prune() {
        passes.prune();
    }

    private Optional<Unit> unit(TestResult result) {
        return units.stream()
                .filter(unit -> unit.id().equals(Unit.id(result.name(), result.release(), result.installer())))
                .findFirst();
    }
}
