package dev.vmtest.engine;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.Announced;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Write what a run on other hosts is and came to, as a run on this host does. */
final class EngineReport {

    private final Path topdir;
    private final UnitList units;
    private final List<Announced> announced;
    private final Map<String, Announced> byId = new HashMap<>();
    private final String engine;
    private final Origin origin;
    private final InstantSource clock;
    private final Instant started;
    private final List<String> problems = new ArrayList<>();
    private boolean isFinished;

    EngineReport(
            Path topdir, UnitList units, List<Announced> announced, String engine, Origin origin, InstantSource clock) {
        this.topdir = topdir;
        this.units = units;
        this.announced = List.copyOf(announced);
        this.engine = engine;
        this.origin = origin;
        this.clock = clock;
        this.started = clock.instant();
        announced.forEach(test -> byId.put(Unit.id(test.name(), test.release(), test.installer()), test));
    }

    /** Return how results name a unit. */
    Announced announced(Unit unit) {
        return Objects.requireNonNull(byId.get(unit.id()), "every unit is announced");
    }

    /** Return what is known of what runs the guests before any has run. */
    AcceleratorRecord accelerator() {
        return new AcceleratorRecord("of each host", engine);
    }

    void begin() throws IOException {
        RunReport.begin(topdir, units.vmtest(), started, accelerator(), announced, origin);
        RunReport.holdRoom(topdir, announced.size());
        var unusedList = ResultFiles.write(topdir, units);
    }

    private RunResults results(List<TestResult> tests, AcceleratorRecord accelerator) {
        double seconds = (clock.millis() - started.toEpochMilli()) / 1000.0;
        return new RunResults(units.vmtest(), started.toString(), seconds, accelerator, tests, origin);
    }

    /** Write the report of a run whose units have all ended. */
    RunResults finish(Collection<FollowedUnit> followed) throws IOException {
        Sameness sameness = new Sameness();
        followed.forEach(unit -> of(unit).ifPresent(there -> sameness.add(there, place(unit))));
        List<TestResult> tests = new ArrayList<>();
        for (FollowedUnit unit : followed) {
            TestResult result = Objects.requireNonNull(unit.result(), "every unit has ended");
            List<String> foreign =
                    of(unit).map(there -> foreign(unit, there, sameness)).orElse(List.of());
            if (foreign.isEmpty()) {
                tests.add(result);
                continue;
            }
            String what = "foreign: on its host it had " + String.join("; ", foreign);
            problems.add(unit.unit().id() + " is " + what);
            tests.add(unit.announced()
                    .interrupted(
                            result.seconds(),
                            result.phases(),
                            List.of(),
                            Evidence.of("the hosts of the run are not alike: this unit is " + what),
                            result.directory()));
        }
        RunResults all = results(tests, accelerator(followed));
        var unusedList = ResultFiles.write(topdir, ran(followed));
        var unusedPage = RunReport.write(topdir, all);
        RunReport.begin(topdir, units.vmtest(), started, all.accelerator(), List.of(), origin);
        isFinished = true;
        return all;
    }

    private static List<String> foreign(FollowedUnit unit, Unit there, Sameness sameness) {
        List<String> other = there.inputs().differences(unit.unit().inputs());
        return other.isEmpty() ? sameness.differences(there, place(unit)) : other;
    }

    /** Return what a unit was where it ran. */
    private static Optional<Unit> of(FollowedUnit unit) {
        MergePart part = unit.part();
        return part == null ? Optional.empty() : part.units().find(unit.unit().id());
    }

    private static UnitPlace place(FollowedUnit unit) {
        MergePart part = unit.part();
        return part == null ? UnitPlace.UNKNOWN : part.units().place();
    }

    private UnitList ran(Collection<FollowedUnit> followed) {
        List<UnitPlace> places = followed.stream()
                .map(EngineReport::place)
                .filter(place -> !place.equals(UnitPlace.UNKNOWN))
                .distinct()
                .toList();
        return new UnitList(
                units.vmtest(), places.size() == 1 ? places.get(0) : UnitPlace.UNKNOWN, units.whole(), units.units());
    }

    private AcceleratorRecord accelerator(Collection<FollowedUnit> followed) {
        List<AcceleratorRecord> known = followed.stream()
                .map(FollowedUnit::part)
                .filter(Objects::nonNull)
                .map(part -> part.results().accelerator())
                .filter(accelerator -> !accelerator.name().equals("none"))
                .toList();
        String names = known.stream().map(AcceleratorRecord::name).distinct().collect(Collectors.joining(", "));
        return known.isEmpty()
                ? accelerator()
                : new AcceleratorRecord(names, known.get(0).reason() + "; by " + engine);
    }

    /** Write the report of what is known of a run that was interrupted. */
    RunResults interrupted(List<TestResult> finished) throws IOException {
        List<TestResult> tests = new ArrayList<>(finished);
        for (Announced test : announced) {
            if (finished.stream().noneMatch(known -> known.title().equals(test.title()))) {
                tests.add(test.interrupted(
                        0, List.of(), List.of(), Evidence.of("the run was interrupted"), test.directory()));
            }
        }
        RunResults all = results(tests, accelerator());
        var unusedPage = RunReport.write(topdir, all);
        isFinished = true;
        return all;
    }

    boolean isFinished() {
        return isFinished;
    }

    /** Return what keeps the units from adding up to one run. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
