package dev.vmtest.engine;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunRecorder;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.result.Announced;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.result.Verdict;
import gg.jte.ContentType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullMarked;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stand in for the two commands of a run on many hosts, as programs of their own: {@code run}, which runs a unit without
 * any machine and does what its test's name says, and {@code lead}, which hands units to an engine.
 */
final class StandIn {

    static final EngineTimes QUICK =
            new EngineTimes(Duration.ofMillis(100), Duration.ofSeconds(12), Duration.ofSeconds(4));

    private static final AcceleratorRecord NO_GUEST = new AcceleratorRecord("tcg", "no guest was run");

    private StandIn() {}

    /** Return the words that start this program with the classes of this JVM, however they were loaded. */
    static List<String> words() {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> type : List.of(
                Unit.class,
                Engine.class,
                StandIn.class,
                JsonMapper.class,
                JsonFactory.class,
                JsonTypeInfo.class,
                ContentType.class,
                gg.jte.TemplateEngine.class,
                LoggerFactory.class,
                NullMarked.class)) {
            try {
                places.add(Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                String.join(":", places),
                StandIn.class.getName());
    }

    static UnitScript script(Path topdir) {
        return new UnitScript(
                words(), Path.of("").toAbsolutePath(), ReportFiles.units(topdir), List.of(), Map.of("GIVEN", "it's"));
    }

    static List<Announced> announced(UnitList units) {
        return units.units().stream()
                .map(unit -> new Announced(
                        unit.test(), unit.release(), unit.installer(), unit.test() + "-bookworm", "vmtest run"))
                .toList();
    }

    static UnitList units(String... tests) {
        return SampleUnits.list(
                UnitPlace.UNKNOWN,
                List.of(),
                Arrays.stream(tests).map(SampleUnits::unit).toArray(Unit[]::new));
    }

    public static void main(String[] words) throws IOException, InterruptedException {
        if (words[0].equals("run")) {
            runUnit(List.of(words));
        } else {
            lead(Path.of(words[1]), words[2], Arrays.copyOfRange(words, 3, words.length));
        }
    }

    /** Lead a run whose units are handed to an engine, such as a killed process does that had begun it. */
    private static void lead(Path topdir, String engine, String... tests) throws IOException, InterruptedException {
        UnitList units = units(tests);
        int status;
        TerminalDisplay display = new TerminalDisplay(System.out, TerminalStyle.plain(), Clock.systemUTC());
        try (SupervisedProcesses processes = new SupervisedProcesses();
                Engine chosen = engine.equals("slurm")
                        ? new SlurmEngine(topdir, 0, processes)
                        : new CommandEngine(List.of(engine), tests.length, processes);
                EngineRun run = new EngineRun(
                        new EngineRun.Task(topdir, units, announced(units), Origin.UNKNOWN),
                        chosen,
                        script(topdir),
                        processes,
                        display,
                        QUICK)) {
            status = run.run().exitStatus();
        }
        System.exit(status);
    }

    private static String option(List<String> words, String name) {
        return words.get(words.indexOf(name) + 1);
    }

    private static void runUnit(List<String> words) throws IOException, InterruptedException {
        Path topdir = Files.createDirectories(Path.of(option(words, "--topdir")));
        UnitList list = ResultFiles.readUnits(Path.of(option(words, "--units")));
        Unit unit = list.find(option(words, "--unit")).orElseThrow();
        boolean isFirst = topdir.endsWith(Path.of("1", "run"));
        Files.writeString(
                topdir.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        var watch = LeaseWatch.of(Path.of(option(words, "--lease")), why -> {
            System.err.println("over: " + why);
            Runtime.getRuntime().exit(130);
        });
        String test = unit.test();
        if (test.startsWith("Gone") || (test.startsWith("Once") && isFirst)) {
            System.err.println("the disk of this host is broken");
            Runtime.getRuntime().halt(255);
        }
        UnitPlace place = test.startsWith("Foreign") ? new UnitPlace("1.0", "emulated") : SampleUnits.HERE;
        var unusedList = ResultFiles.write(topdir, new UnitList("1.0", place, list.whole(), List.of(unit)));
        Verdict verdict = test.startsWith("Fail") ? Verdict.FAILED : Verdict.PASSED;
        TestResult result = SampleUnits.result(test, verdict);
        try (RunRecorder recorder = new RunRecorder(topdir)) {
            String title = unit.title();
            recorder.happened(new RunEvent.TestStarted(now(), title, result.directory()));
            recorder.happened(new RunEvent.PhaseStarted(now(), title, Phase.INSTALL));
            recorder.happened(new RunEvent.Notice(
                    now(),
                    title,
                    "runs at " + System.getenv().getOrDefault("SSH_CONNECTION", "?") + " on "
                            + System.getenv().getOrDefault("SLURMD_NODENAME", "?") + ", given "
                            + System.getenv().get("GIVEN")));
            // On a Slurm only the node that a test kills keeps its units.
            boolean isToBeKilled = !"n1".equals(System.getenv("SLURMD_NODENAME"));
            if (test.startsWith("Slow") || (test.startsWith("Kill") && isFirst && isToBeKilled)) {
                new CountDownLatch(1).await();
            }
            recorder.happened(new RunEvent.PhaseFinished(
                    now(), title, Phase.INSTALL, new PhaseResult("install", 1, 1, List.of())));
            recorder.happened(new RunEvent.TestFinished(now(), title, result));
        }
        var unusedResults = ResultFiles.write(
                topdir, new RunResults("1.0", Clock.systemUTC().instant().toString(), 1, NO_GUEST, List.of(result)));
        watch.close();
        System.exit(result.verdict().exitStatus());
    }

    private static double now() {
        return Clock.systemUTC().millis() / 1000.0;
    }
}
