package dev.vmtest.bench.mutants;

import dev.vmtest.config.ConfigException;
import dev.vmtest.config.Problems;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Seed all defects and write {@code mutants.json}. {@code tools/mutants} starts this. */
public final class Main {

    private static final int ALL_KILLED = 0;
    private static final int SURVIVED = 1;
    private static final int USAGE = 2;
    private static final int NOTHING_LEARNED = 3;
    private static final String KEPT = "--kept";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Main() {}

    /**
     * Run.
     *
     * @param arguments the source tree, {@code mutants.json}, a directory for what the runs write, and the names of
     *     mutants, all of them if there is none; {@value #KEPT} before them judges what the last run left there
     */
    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path file = Path.of(arguments[1]).toAbsolutePath();
        Path output = Files.createDirectories(Path.of(arguments[2]).toAbsolutePath());
        List<String> names = new ArrayList<>(List.of(arguments).subList(3, arguments.length));
        boolean kept = names.remove(KEPT);
        System.exit(run(tree, file, output, kept, names, System.out));
    }

    private static int run(Path tree, Path file, Path output, boolean kept, List<String> names, PrintStream log)
            throws IOException {
        Path sources = tree.resolve("examples/mutants");
        Problems problems = new Problems();
        List<Mutant> mutants = MutantFile.read(sources.resolve("mutants.yaml"), problems);
        List<String> known = mutants.stream().map(Mutant::name).toList();
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        try {
            problems.throwIfAny();
        } catch (ConfigException bad) {
            log.println(bad.getMessage());
            return USAGE;
        }
        if (!unknown.isEmpty()) {
            log.println("mutants: no mutant is called " + String.join(", ", unknown));
            return USAGE;
        }
        Files.deleteIfExists(file);
        List<Mutant> chosen = mutants.stream()
                .filter(mutant -> names.isEmpty() || names.contains(mutant.name()))
                .toList();
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            MutantsRun run = new MutantsRun(tree, sources, output, "bookworm", kept, processes, log);
            return report(run.run(chosen), file, log);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return NOTHING_LEARNED;
        } catch (Exception failure) {
            log.println("mutants: nothing was learned: " + failure.getMessage());
            return NOTHING_LEARNED;
        }
    }

    private static int report(MutantsRun.Learned learned, Path file, PrintStream log) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(document(learned)) + "\n");
        for (MutantOutcome outcome : learned.outcomes()) {
            log.println((outcome.killed() ? "killed   " : "SURVIVED ")
                    + outcome.mutant().name() + ": "
                    + (outcome.killed() ? outcome.caughtBy() : "missed by " + outcome.missedBy()));
        }
        learned.unexpected().forEach(check -> log.println("failed though no defect is about it: " + check));
        learned.untold().forEach(group -> log.println("nothing is known of " + group));
        log.println("written to " + file);
        boolean good =
                learned.unexpected().isEmpty() && learned.outcomes().stream().allMatch(MutantOutcome::killed);
        if (!good) {
            return SURVIVED;
        }
        return learned.untold().isEmpty() ? ALL_KILLED : NOTHING_LEARNED;
    }

    /** Return the document: how many, how many were killed, each with what caught it. */
    static Map<String, Object> document(MutantsRun.Learned learned) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("total", learned.outcomes().size());
        document.put(
                "killed",
                learned.outcomes().stream().filter(MutantOutcome::killed).count());
        document.put("unexpected", learned.unexpected());
        document.put("untold", learned.untold());
        document.put(
                "mutants",
                learned.outcomes().stream()
                        .map(outcome -> {
                            Map<String, Object> mutant = new LinkedHashMap<>();
                            mutant.put("name", outcome.mutant().name());
                            mutant.put("kind", outcome.mutant().kind());
                            mutant.put("source", outcome.mutant().location().toString());
                            mutant.put("test", outcome.test());
                            mutant.put("killed", outcome.killed());
                            mutant.put("caughtBy", outcome.caughtBy());
                            mutant.put("missedBy", outcome.missedBy());
                            return mutant;
                        })
                        .toList());
        return document;
    }
}
