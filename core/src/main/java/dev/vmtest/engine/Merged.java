package dev.vmtest.engine;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hold what came of merging parts.
 *
 * @param parts the parts, at least one
 * @param taken what counts of each unit, in the order of the run
 * @param problems what keeps the parts from adding up to one run, each with its unit or part
 * @param notes what is to be known besides
 */
public record Merged(List<MergePart> parts, List<Taken> taken, List<String> problems, List<String> notes) {

    public Merged {
        parts = List.copyOf(parts);
        taken = List.copyOf(taken);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * Hold what counts of one unit.
     *
     * @param unit what it was where it ran; null if nobody began it
     * @param part where its files are; null if it has none
     * @param result its result
     */
    record Taken(@Nullable Unit unit, @Nullable MergePart part, TestResult result) {}

    /**
     * Write the report of the whole run into a directory, with the files of each test but its disks.
     *
     * @return the results
     * @throws IOException if something cannot be read or written
     */
    public RunResults write(Path topdir) throws IOException {
        List<TestResult> results = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Taken each : taken) {
            String directory = free(each.result(), names);
            if (each.part() != null) {
                Path from = ReportFiles.testDirectory(
                        each.part().topdir(), each.result().directory());
                if (from.startsWith(each.part().topdir())) {
                    KeptFiles.copy(from, topdir.resolve(directory));
                }
            }
            results.add(each.result().in(directory));
        }
        RunResults merged = results(results);
        var unusedList = ResultFiles.write(topdir, units());
        for (TestResult each : results) {
            Path directory = topdir.resolve(each.directory());
            if (Files.isDirectory(directory)) {
                var unused = ResultFiles.write(directory, each);
            }
        }
        var unusedPage = RunReport.write(topdir, merged);
        return merged;
    }

    /** Two installers may have been tested by one test on one release. */
    private static String free(TestResult result, Set<String> names) {
        String name = String.valueOf(Path.of(result.directory()).getFileName());
        String free = name;
        if (!names.add(free)) {
            free = name + "-" + result.installer().replaceAll("[^A-Za-z0-9._-]", "-");
            for (int number = 2; !names.add(free); number++) {
                free = name + "-" + number;
            }
        }
        return free;
    }

    private UnitList units() {
        List<Unit> units =
                taken.stream().map(Taken::unit).filter(Objects::nonNull).toList();
        Set<UnitPlace> places = parts.stream()
                .map(part -> part.units().place())
                .filter(place -> !place.equals(UnitPlace.UNKNOWN))
                .collect(Collectors.toSet());
        return new UnitList(
                parts.get(0).units().vmtest(),
                places.size() == 1 ? places.iterator().next() : UnitPlace.UNKNOWN,
                taken.stream().map(each -> MergePart.id(each.result())).toList(),
                units);
    }

    private RunResults results(List<TestResult> tests) {
        List<RunResults> all = parts.stream().map(MergePart::results).toList();
        List<AcceleratorRecord> accelerators = all.stream()
                .map(RunResults::accelerator)
                .filter(accelerator -> !accelerator.name().equals("none"))
                .toList();
        String names =
                accelerators.stream().map(AcceleratorRecord::name).distinct().collect(Collectors.joining(", "));
        return new RunResults(
                all.get(0).vmtest(),
                all.stream().map(RunResults::started).min(String::compareTo).orElse(""),
                seconds(all),
                accelerators.isEmpty()
                        ? all.get(0).accelerator()
                        : new AcceleratorRecord(names, accelerators.get(0).reason()),
                tests,
                new Origin(
                        all.stream()
                                .map(run -> run.origin().host())
                                .filter(host -> !host.isEmpty())
                                .distinct()
                                .collect(Collectors.joining("; ")),
                        all.get(0).origin().command()));
    }

    /** Return the time from the first beginning to the last end; of parts that do not say when, the longest. */
    private static double seconds(List<RunResults> parts) {
        try {
            double first = Double.POSITIVE_INFINITY;
            double last = 0;
            for (RunResults part : parts) {
                double begin = Instant.parse(part.started()).toEpochMilli() / 1000.0;
                first = Math.min(first, begin);
                last = Math.max(last, begin + part.seconds());
            }
            return last - first;
        } catch (DateTimeException unknown) {
            return parts.stream().mapToDouble(RunResults::seconds).max().orElse(0);
        }
    }
}
