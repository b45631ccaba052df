package dev.vmtest.bench;

import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measure and hold the results against their limits. {@code tools/bench} starts this. */
public final class Main {

    private static final List<Benchmark> ALL = List.of(
            new SimpleTestRun(),
            new InstallerTime(),
            new UserDataStart(),
            new ResumedStart(),
            new PlanningLayouts(),
            new LeanRuns(),
            new NetworkRuns(),
            new UnchangedRun(),
            new QueuedTests(),
            new ReferenceRuns(),
            new TenTests(),
            new StorageTests(),
            new EightTests(),
            new ImageBuildTime());

    private static final int HELD = 0;
    private static final int MISSED = 1;
    private static final int USAGE = 2;
    private static final int NOT_MEASURED = 3;

    private Main() {}

    /**
     * Measure.
     *
     * @param arguments the source tree, {@code bench.json}, a new directory for what the experiments write, and the
     *     names of the benchmarks, all of them if there is none
     */
    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path file = Path.of(arguments[1]).toAbsolutePath();
        Path output = Files.createDirectories(Path.of(arguments[2]).toAbsolutePath());
        List<String> names = List.of(arguments).subList(3, arguments.length);
        int status;
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Laboratory laboratory = new Laboratory(tree, output, processes, System.getenv(), System.out);
            status = measure(ALL, names, laboratory, file);
        }
        System.exit(status);
    }

    /** Measure what is asked for, write it down, and return the exit status. */
    static int measure(List<Benchmark> all, List<String> names, Laboratory laboratory, Path file) throws IOException {
        List<String> known = all.stream().map(Benchmark::name).toList();
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        PrintStream log = laboratory.log();
        if (!unknown.isEmpty()) {
            log.println("bench: no benchmark is called " + String.join(", ", unknown) + "; there are "
                    + String.join(", ", known));
            return USAGE;
        }
        Files.deleteIfExists(file);
        List<Entry> entries = new ArrayList<>();
        boolean complete = true;
        for (Benchmark benchmark : all) {
            if (names.isEmpty() || names.contains(benchmark.name())) {
                complete &= add(entries, benchmark, laboratory);
            }
        }
        BenchFile.write(file, entries);
        entries.forEach(entry -> log.println(entry.line()));
        log.println("written to " + file);
        if (!complete) {
            return NOT_MEASURED;
        }
        return entries.stream().allMatch(Entry::isHeld) ? HELD : MISSED;
    }

    /** One experiment that cannot be made must not lose what the others measured. */
    private static boolean add(List<Entry> entries, Benchmark benchmark, Laboratory laboratory) {
        try {
            entries.addAll(benchmark.measure(laboratory));
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            laboratory.tell(benchmark.name() + ": interrupted");
        } catch (Exception failure) {
            laboratory.tell(benchmark.name() + ": not measured: " + failure.getMessage());
        }
        return false;
    }
}
