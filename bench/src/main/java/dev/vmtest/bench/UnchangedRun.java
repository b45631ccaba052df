package dev.vmtest.bench;

import dev.vmtest.passes.Pass;
import dev.vmtest.passes.PassStore;
import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Proof;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Run the whole suite of a release of which nothing has changed. One test is run for the place at which it passes; the
 * passes of the others are written here, for what they take is not measured.
 */
final class UnchangedRun implements Benchmark {

    private static final int TIMES = 3;
    private static final double LIMIT = 3;
    private static final double NANOS = 1e9;

    @Override
    public String name() {
        return "unchanged";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        Path passes = laboratory.output().resolve("passes");
        var unused = VmtestRun.of(laboratory, "unchanged-first", List.of("--passes", passes.toString()));
        UnitList ran =
                ResultFiles.readUnits(ReportFiles.units(laboratory.output().resolve("unchanged-first")));
        pass(units(laboratory), ran, passes);
        List<Double> seconds = new ArrayList<>();
        for (int time = 1; time <= TIMES; time++) {
            seconds.add(seconds(laboratory, passes, "unchanged-" + time));
        }
        return List.of(Entry.atMost("a whole run with nothing changed, s", Median.of(seconds), LIMIT));
    }

    private static UnitList units(Laboratory laboratory) throws Exception {
        Path list = laboratory.output().resolve("unchanged-units.json");
        Command command = environment(Side.ours(laboratory)
                .command(List.of("units", "--release", Laboratory.RELEASE, "--installer", "builtin", "--json")));
        Files.writeString(
                list,
                laboratory
                        .processes()
                        .run(command, Duration.ofMinutes(2))
                        .requireSuccess()
                        .stdout());
        return ResultFiles.readUnits(list);
    }

    /** Write down that each unit has passed where one has. */
    private static void pass(UnitList units, UnitList ran, Path passes) throws Exception {
        Instant now = Instant.now();
        PassStore store = new PassStore(passes, Duration.ofDays(1), InstantSource.system());
        for (Unit unit : units.units()) {
            store.add(new Pass(
                    unit.id(),
                    units.vmtest(),
                    ran.place(),
                    new Proof(unit.inputs().hash(), now.toString(), now.toString(), "nowhere", "this one")));
        }
    }

    private static double seconds(Laboratory laboratory, Path passes, String name) throws Exception {
        Path topdir = laboratory.output().resolve(name);
        Path log = laboratory.output().resolve(name + ".txt");
        Command command = environment(Side.ours(laboratory)
                .command(List.of(
                        "run",
                        "--release",
                        Laboratory.RELEASE,
                        "--installer",
                        "builtin",
                        "--changed",
                        "--passes",
                        passes.toString(),
                        "--topdir",
                        topdir.toString())));
        laboratory.tell("running what has changed since, told in " + log);
        long start = System.nanoTime();
        try (Running running = laboratory.processes().start(command, log)) {
            if (running.exit().get() != 0) {
                throw new IllegalStateException("the run did not end well; see " + log);
            }
        }
        double taken = (System.nanoTime() - start) / NANOS;
        RunResults results = ResultFiles.readResults(ReportFiles.results(topdir));
        if (results.tests().isEmpty()
                || results.tests().stream().anyMatch(test -> test.verdict() != Verdict.UNCHANGED)) {
            throw new IllegalStateException("something was run; see " + log);
        }
        return taken;
    }

    /** The machine is an input, so it must be that of the run before. */
    private static Command environment(Command command) {
        return command.withEnvironment("CURTIN_VMTEST_NR_CPUS", String.valueOf(Laboratory.CPUS))
                .withEnvironment("CURTIN_VMTEST_VMRAM", String.valueOf(Laboratory.MEMORY));
    }
}
