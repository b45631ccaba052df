package dev.vmtest.cli;

import dev.vmtest.engine.CommandEngine;
import dev.vmtest.engine.Engine;
import dev.vmtest.engine.EngineRun;
import dev.vmtest.engine.EngineTimes;
import dev.vmtest.engine.SlurmEngine;
import dev.vmtest.engine.UnitScript;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.junit.RunLogFile;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.session.PlannedUnits;
import dev.vmtest.session.RunDirectory;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Run the tests of a command line on other hosts. */
final class EngineLaunch {

    private static final String SLURM = "slurm";

    /** Shells on two hosts and the scheduler between them take a path of these characters for one word. */
    private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z0-9/._+-]+");

    /** What is decided here, or means another thing on another host. */
    private static final Set<String> OWN = own();

    private final Invocation invocation;
    private final List<String> engines;
    private final SessionOptions options;
    private final Map<String, String> values;
    private final List<String> classPathWords;
    private final Map<String, String> environment;

    EngineLaunch(
            Invocation invocation,
            List<String> engines,
            SessionOptions options,
            Map<String, String> values,
            List<String> classPathWords,
            Map<String, String> environment) {
        this.invocation = invocation;
        this.engines = engines;
        this.options = options;
        this.values = values;
        this.classPathWords = classPathWords;
        this.environment = environment;
    }

    private static Set<String> own() {
        Set<String> names = new TreeSet<>();
        List.of(
                        SettingsTable.TOPDIR,
                        SettingsTable.LOG,
                        SettingsTable.TMPDIR,
                        SettingsTable.PARALLEL,
                        SettingsTable.REUSE_TOPDIR,
                        SettingsTable.IMAGE_SYNC)
                .forEach(setting -> names.addAll(setting.names()));
        // What has no effect here has none there.
        SettingsTable.withoutEffect().forEach(setting -> names.addAll(setting.names()));
        return names;
    }

    /** Run what was selected; return the exit status. */
    int run(Selection selected, List<String> whole, boolean isDryRun) throws IOException, InterruptedException {
        RunDirectory directory = directory();
        PlannedUnits planned = PlannedUnits.of(
                options, invocation.surroundings().withEnvironment(environment), selected.chosen(), List.of());
        planned.warnings().forEach(invocation.err()::println);
        Remarks.of(planned.cases(), Remarks.FEW)
                .forEach(remark -> invocation.err().println("vmtest: " + remark));
        UnitList units = new UnitList(
                planned.list().vmtest(),
                planned.list().place(),
                whole,
                planned.list().units());
        if (isDryRun) {
            say(units, directory.path());
            return ExitStatus.SUCCESS;
        }
        try (SupervisedProcesses processes = new SupervisedProcesses();
                Engine engine = engine(directory.path(), units.units(), processes);
                RunLogFile log = new RunLogFile(true)) {
            directory.make();
            log.begin(directory.log());
            return run(engine, directory.path(), units, planned.cases(), processes);
        } catch (IOException trouble) {
            throw new InfrastructureException(
                    "the run cannot use " + directory.path() + ": " + PlainTrouble.of(trouble), trouble);
        }
    }

    private int run(Engine engine, Path topdir, UnitList units, List<TestCase> cases, SupervisedProcesses processes)
            throws IOException, InterruptedException {
        TerminalDisplay display = Terminal.display(invocation.terminal(), environment);
        UnitScript script =
                new UnitScript(vmtest(), Path.of("").toAbsolutePath(), ReportFiles.units(topdir), words(), passedOn());
        invocation.reportsInterruption().set(true);
        try (EngineRun run = new EngineRun(
                new EngineRun.Task(
                        topdir,
                        units,
                        cases.stream().map(TestCase::announced).toList(),
                        new Origin("", invocation.surroundings().commandLine())),
                engine,
                script,
                processes,
                display,
                EngineTimes.USUAL)) {
            return run.run().exitStatus();
        }
    }

    private RunDirectory directory() {
        RunDirectory directory = RunDirectory.of(environment);
        if (Settings.read(environment).find(SettingsTable.TOPDIR).isEmpty()) {
            throw new UsageException(
                    "--engine needs --topdir DIR: a new directory that every host sees under that name,"
                            + " for by it the units' results come back");
        }
        if (!ONE_WORD.matcher(directory.path().toString()).matches()) {
            throw new UsageException("--topdir " + directory.path() + ": with --engine its name goes through shells on"
                    + " other hosts, so it may hold letters, digits and any of / . _ + - only");
        }
        return directory;
    }

    private Engine engine(Path topdir, List<Unit> units, SupervisedProcesses processes) {
        int asked = Settings.read(environment).get(SettingsTable.PARALLEL);
        if (!engines.contains(SLURM)) {
            return new CommandEngine(engines, asked < 0 ? Math.max(1, units.size()) : Math.max(1, asked), processes);
        }
        if (engines.size() > 1) {
            throw new UsageException("--engine slurm knows its hosts by itself; leave out the other --engine");
        }
        return new SlurmEngine(topdir, Math.max(0, asked), processes);
    }

    /** Return the words that start this vmtest: its script, or the JVM with its classes. */
    private static List<String> vmtest() {
        String program = System.getProperty("vmtest.program", "");
        return program.isEmpty()
                ? List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                : List.of(program);
    }

    /** Return the options that a unit's own command line needs as well. */
    private List<String> words() {
        List<String> words = new ArrayList<>(classPathWords);
        if (options.installer() != null) {
            words.addAll(List.of("--installer", options.installer()));
        }
        if (options.fidelity() != null) {
            words.addAll(List.of("--fidelity", options.fidelity().text()));
        }
        values.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        return words;
    }

    private Map<String, String> passedOn() {
        Map<String, String> passed = new HashMap<>();
        SettingsTable.all().stream()
                .flatMap(setting -> setting.names().stream())
                .filter(name -> !OWN.contains(name) && environment.containsKey(name))
                .forEach(name -> passed.put(name, environment.getOrDefault(name, "")));
        return passed;
    }

    private void say(UnitList units, Path topdir) {
        units.units()
                .forEach(unit -> invocation
                        .out()
                        .println("would run " + unit.id() + " by " + String.join("; ", engines) + " in " + topdir));
        List<PlannedChange> changes = new ArrayList<>();
        changes.add(PlannedChange.writing(topdir));
        changes.add(PlannedChange.writing(ReportFiles.begun(topdir)));
        changes.add(PlannedChange.writing(ReportFiles.units(topdir)));
        changes.addAll(RunReport.written(topdir));
        changes.forEach(change -> invocation.out().println(change.line()));
    }
}
