package dev.vmtest.bench.ways;

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

/** Compare the two ways and write {@code ways.json}. {@code tools/compare-ways} starts this. */
public final class Main {

    private static final int EQUAL = 0;
    private static final int DIFFERENT = 1;
    private static final int NOTHING_LEARNED = 3;
    private static final String KEPT = "--kept";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Main() {}

    /**
     * Compare.
     *
     * @param arguments the source tree, {@code ways.json}, a directory for what the runs write, the release, and the
     *     names of tests, the whole suite if there is none; {@value #KEPT} before them compares again what the last
     *     runs left there
     */
    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path file = Path.of(arguments[1]).toAbsolutePath();
        Path output = Files.createDirectories(Path.of(arguments[2]).toAbsolutePath());
        List<String> tests = new ArrayList<>(List.of(arguments).subList(4, arguments.length));
        boolean kept = tests.remove(KEPT);
        System.exit(run(tree, file, output, arguments[3], kept, tests, System.out));
    }

    private static int run(
            Path tree, Path file, Path output, String release, boolean kept, List<String> tests, PrintStream log)
            throws IOException {
        Files.deleteIfExists(file);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            WaysRun run = new WaysRun(tree, output, release, kept, processes, log);
            return report(run.run(tests), file, log);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return NOTHING_LEARNED;
        } catch (Exception failure) {
            log.println("compare-ways: nothing was learned: " + failure.getMessage());
            return NOTHING_LEARNED;
        }
    }

    /** Write and tell what was learned, and return the exit status: nothing compared is nothing learned. */
    static int report(List<WaysRun.Outcome> outcomes, Path file, PrintStream log) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tests", outcomes);
        document.put("notCompared", MustDiffer.skipped());
        Files.writeString(file, JSON.writeValueAsString(document) + "\n");
        for (WaysRun.Outcome outcome : outcomes) {
            if (outcome.isEqual()) {
                log.println("equal     " + outcome.test() + ": " + outcome.files() + " files");
            } else if (outcome.isOnlyFull()) {
                log.println("full only " + outcome.test() + ": " + outcome.way());
            } else {
                log.println("DIFFERENT " + outcome.test());
                outcome.differences().forEach(difference -> log.println("    " + difference));
            }
        }
        log.println("written to " + file);
        if (outcomes.stream().noneMatch(outcome -> outcome.files() > 0)) {
            return outcomes.stream().allMatch(WaysRun.Outcome::isOnlyFull) ? NOTHING_LEARNED : DIFFERENT;
        }
        return outcomes.stream().allMatch(outcome -> outcome.isEqual() || outcome.isOnlyFull()) ? EQUAL : DIFFERENT;
    }
}
