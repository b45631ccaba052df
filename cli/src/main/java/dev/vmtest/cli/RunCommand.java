package dev.vmtest.cli;

import dev.vmtest.engine.LeaseWatch;
import dev.vmtest.history.History;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.junit.RunLogFile;
import dev.vmtest.junit.Sessions;
import dev.vmtest.machine.Attendance;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.result.RunResults;
import dev.vmtest.session.ImageStreams;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.session.PlannedRun;
import dev.vmtest.session.RunDirectory;
import dev.vmtest.session.RunHistory;
import dev.vmtest.session.Session;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Run tests: classes of the suite by name, and configurations by file. */
@Command(
        name = "run",
        description = {
            "Installs, boots and judges each test.",
            "",
            "A TEST is the name of a test class ('vmtest list' shows them) or a configuration file, whose machine is"
                    + " inferred from what it asks for. Without --release a class runs on those of its releases whose images"
                    + " are there, and a file on the one under its key vmtest, or on bookworm. Everything about the run goes below one directory; its"
                    + " index.html is the report.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private UnitsOption units = new UnitsOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private InstallerOption installer = new InstallerOption();

    @Mixin
    private TemplateOption template = new TemplateOption();

    @Option(
            names = "--known-issues",
            paramLabel = "FILE",
            description = "Failures that are known and excused for a while (CURTIN_VMTEST_KNOWN_ISSUES); without it"
                    + " the suite's own.")
    private @Nullable String knownIssues;

    @Option(
            names = "--fidelity",
            paramLabel = "WAY",
            description = "How install environments start, one of ${COMPLETION-CANDIDATES}: booted each time"
                    + " from a disk or over HTTP, or resumed from a snapshot of that boot where the test allows it"
                    + " (CURTIN_VMTEST_FIDELITY; resume if neither says).")
    private @Nullable Fidelity fidelity;

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            description = "Image that tests use which name no renderer, one of ${COMPLETION-CANDIDATES}; networkd and"
                    + " network-manager configure the network of what is installed, zfs has ZFS, too, plain is as Debian"
                    + " would make it (CURTIN_VMTEST_IMAGE_VARIANT).")
    private @Nullable ImageVariant variant;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Run at most N tests at a time, within the processors and the memory that this host has; -1"
                    + " runs as many as fit (CURTIN_VMTEST_PARALLEL).")
    private @Nullable String parallel;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Run the suite in the order that this number decides, which an earlier run has printed;"
                    + " tests with more virtual CPUs come before those with fewer"
                    + " (CURTIN_VMTEST_SHUFFLE_TESTS=0 keeps the order of the names).")
    private @Nullable Long seed;

    @Option(
            names = "--failed",
            description = "Run only what failed in the last run on this host, of the tests that are named or of all.")
    private boolean failed;

    @Option(
            names = "--changed",
            description = "Run only what has not passed yet with the inputs that it has now: the configuration, the"
                    + " images, the installer's bytes, the machine, the scripts, the checks, vmtest, QEMU and the"
                    + " processor. The rest is said to be unchanged, with the run that proved it"
                    + " (CURTIN_VMTEST_CHANGED).")
    private boolean changed;

    @Option(
            names = "--passes",
            paramLabel = "DIR",
            description = "Remember in DIR what passed, and look there for --changed; machines may share it"
                    + " (CURTIN_VMTEST_PASSES).")
    private @Nullable String passes;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Run everything N times, whatever comes of it, and say how often each test passed; each time"
                    + " has a report of its own, in 1 to N below --topdir.")
    private int repeat;

    @Option(
            names = "--topdir",
            paramLabel = "DIR",
            description = "Put everything below DIR, which must be new or empty (CURTIN_VMTEST_TOPDIR) unless it is"
                    + " reused; the debug log"
                    + " is DIR.log (CURTIN_VMTEST_LOG).")
    private @Nullable String topdir;

    @Option(
            names = "--interactive",
            description = "Show the guest's console on this terminal, and let the machine stay up when its work is"
                    + " done: Ctrl-a h shows the keys. For one test on one release; its machines have no time limit and"
                    + " are booted in full.")
    private boolean interactive;

    @Option(
            names = "--vnc",
            paramLabel = "ADDRESS",
            description = "Serve the guest's screen at HOST:DISPLAY, such as 127.0.0.1:1, and let the machine stay up."
                    + " With --interactive or without.")
    private @Nullable String vnc;

    @Option(
            names = "--reuse",
            description = "Run only the checks, on what an earlier run left in the topdir, and prune nothing"
                    + " (CURTIN_VMTEST_REUSE_TOPDIR).")
    private boolean reuse;

    @Option(
            names = "--keep",
            paramLabel = "PARTS",
            description = "Keep these parts of each test's directory, whatever its verdict: all, none, or some of"
                    + " boot,collect,disks,install,logs (CURTIN_VMTEST_KEEP_DATA_PASS and _FAIL).")
    private @Nullable String keep;

    @Mixin
    private RecordOption record = new RecordOption();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    @SuppressWarnings("try") // the watch is held, not used
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        Settings settings = Settings.read(environment);
        new RunWishes(
                        interactive,
                        vnc,
                        settings.get(SettingsTable.REUSE_TOPDIR),
                        repeat,
                        record.isGiven(),
                        engine.isGiven(),
                        settings.get(SettingsTable.CHANGED))
                .require();
        try (LeaseWatch watch = engine.watch(invocation);
                SupervisedProcesses processes = new SupervisedProcesses();
                AttachedTerminal terminal = interactive && !dryRun.isGiven()
                        ? AttachedTerminal.open(invocation.terminal(), processes)
                        : null) {
            return call(interactive || vnc != null ? new Attendance(terminal, vnc) : null, environment);
        } catch (ProcessException broken) {
            throw new InfrastructureException(String.valueOf(broken.getMessage()), broken);
        }
    }

    private int call(@Nullable Attendance attendance, Map<String, String> environment)
            throws IOException, InterruptedException {
        record.require();
        SessionOptions options = new SessionOptions(installer.value(), fidelity, attendance);
        ChosenUnits chosen = new ChosenUnits(invocation, selection, units);
        Selection selected = chosen.select(options, template.values(), environment);
        if (!dryRun.isGiven()) {
            syncImages(selected, environment);
        }
        if (failed && !leaveWhatFailed(selected, environment)) {
            return ExitStatus.SUCCESS;
        }
        if (!units.isGiven()) {
            selection.leaveOutAbsent(selected, environment).forEach(invocation.out()::println);
        }
        List<String> whole = chosen.cut(selected, options, environment);
        if (selected.definitions().isEmpty() && selected.problems().isEmpty()) {
            invocation.out().println("no test is in this part");
            return ExitStatus.SUCCESS;
        }
        requireOneTest(selected, attendance);
        sayUnknownBugs(options, environment);
        shuffle(selected, environment);
        if (engine.isGiven()) {
            int status = new EngineLaunch(
                            invocation,
                            engine.engines(),
                            options,
                            template.values(),
                            selection.classPathWords(),
                            environment)
                    .run(selected, whole, dryRun.isGiven());
            if (dryRun.isGiven()) {
                record.say(invocation);
            } else {
                record.write(invocation, RunDirectory.of(environment).path());
            }
            return status;
        }
        if (dryRun.isGiven()) {
            return say(options, selected, environment);
        }
        if (repeat == 1) {
            return run(options, selected, whole, attendance, environment).exitStatus();
        }
        Repetitions repetitions = new Repetitions(repeat);
        for (int number = 1; number <= repeat; number++) {
            invocation.out().println("time " + number + " of " + repeat);
            RunResults results =
                    run(options, selected, whole, attendance, Repetitions.environment(environment, number));
            repetitions.add(results);
        }
        repetitions.lines().forEach(invocation.out()::println);
        return repetitions.exitStatus();
    }

    private RunResults run(
            SessionOptions options,
            Selection selected,
            List<String> whole,
            @Nullable Attendance attendance,
            Map<String, String> environment)
            throws IOException, InterruptedException {
        // A live display would draw over the console.
        TerminalDisplay display = attendance == null
                ? Terminal.display(invocation.terminal(), environment)
                : new TerminalDisplay(invocation.out(), TerminalStyle.plain(), Clock.systemUTC());
        try (RunLogFile log = new RunLogFile(true);
                Session session = Session.open(
                        options,
                        invocation.surroundings().withEnvironment(environment).withLog(log),
                        display)) {
            invocation.reportsInterruption().set(true);
            session.isPartOf(whole);
            if (units.isGiven()) {
                session.sharesHost();
            }
            RunResults results = run(session, selected);
            record.write(invocation, session.topdir());
            return results;
        }
    }

    private int say(SessionOptions options, Selection selected, Map<String, String> environment) {
        if (Settings.read(environment).get(SettingsTable.IMAGE_SYNC)) {
            invocation.out().println("would fetch newer images first: 'vmtest images sync --dry-run' says which");
        }
        PlannedRun planned =
                PlannedRun.of(options, invocation.surroundings().withEnvironment(environment), selected.chosen());
        planned.warnings().forEach(invocation.err()::println);
        planned.lines().forEach(invocation.out()::println);
        record.say(invocation);
        return ExitStatus.SUCCESS;
    }

    /** Return whether something is left to be run. */
    private boolean leaveWhatFailed(Selection selected, Map<String, String> environment) {
        History history = RunHistory.of(environment).read();
        Optional<String> last = history.lastRun();
        if (last.isEmpty()) {
            throw new UsageException("no run is remembered whose failures --failed could run again");
        }
        selected.leave(history.failedInTheLastRun());
        if (selected.definitions().isEmpty()) {
            invocation.out().println("nothing of this failed in the last run, which began " + last.get());
            return false;
        }
        return true;
    }

    private void sayUnknownBugs(SessionOptions options, Map<String, String> environment) {
        TestDefaults.of(options, Settings.read(environment))
                .knownIssues()
                .unknownBugs()
                .forEach(bug -> invocation
                        .err()
                        .println("vmtest: " + SettingsTable.SKIP_BY_DATE_BUGS.name() + " names " + bug
                                + ", which no known issue refers to"));
    }

    private void requireOneTest(Selection selected, @Nullable Attendance attendance) {
        long runs = selected.definitions().stream()
                .mapToLong(definition -> definition.releases().size())
                .sum();
        if (attendance != null && runs > 1) {
            throw new UsageException("one machine can be attended, and this would be " + runs
                    + " tests; name one test and one --release");
        }
    }

    /** Tests that depend on each other's order show it; who names tests has chosen their order. */
    private void shuffle(Selection selected, Map<String, String> environment) {
        boolean shuffles = selection.namesNoTest()
                && !units.isGiven()
                && selected.definitions().size() > 1
                && Settings.read(environment).get(SettingsTable.SHUFFLE_TESTS);
        if (seed != null || shuffles) {
            long number = seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000_000);
            selected.shuffle(number, RunHistory.of(environment));
            invocation.out().println("in the order of --seed " + number);
        }
    }

    /** Fetch newer images where the environment says so. */
    private void syncImages(Selection selected, Map<String, String> environment) {
        List<String> releases = selected.definitions().stream()
                .flatMap(definition -> definition.releases().stream())
                .distinct()
                .toList();
        try (SupervisedProcesses processes = new SupervisedProcesses();
                SyncDisplay syncing = new SyncDisplay(invocation.terminal(), Terminal.style(environment))) {
            new ImageStreams(environment)
                    .syncForRun(
                            releases,
                            processes,
                            syncing,
                            problem -> invocation.err().println("vmtest: " + problem));
        }
    }

    private RunResults run(Session session, Selection selected) throws IOException, InterruptedException {
        List<TestCase> cases = session.announce(selected.chosen());
        List<TestCase> toRun =
                cases.stream().filter(test -> !session.isUnchanged(test)).toList();
        Remarks.of(toRun, Remarks.FEW).forEach(remark -> invocation.err().println("vmtest: " + remark));
        Set<String> changed = toRun.stream().map(TestCase::name).collect(Collectors.toSet());
        List<Class<?>> classes = selected.classes(changed);
        if (!classes.isEmpty()) {
            Sessions.launch(session, classes);
        }
        for (TestCase test : cases) {
            // The methods of a class are not asked about what they are not given.
            if (selected.isFile(test) || !changed.contains(test.name())) {
                var unused = session.schedule().finish(session.schedule().await(test), List.of());
            }
        }
        return session.finish();
    }

    /** Return the environment with what the command line overrides. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(invocation.environment());
        override(environment, "CURTIN_VMTEST_PARALLEL", parallel);
        override(environment, "CURTIN_VMTEST_TOPDIR", topdir);
        override(environment, "CURTIN_VMTEST_REUSE_TOPDIR", reuse ? "1" : null);
        override(environment, "CURTIN_VMTEST_CHANGED", changed ? "1" : null);
        override(environment, "CURTIN_VMTEST_PASSES", passes);
        override(environment, "CURTIN_VMTEST_KNOWN_ISSUES", knownIssues);
        override(environment, "CURTIN_VMTEST_IMAGE_VARIANT", variant == null ? null : variant.subarch());
        override(environment, "CURTIN_VMTEST_KEEP_DATA_PASS", keep);
        override(environment, "CURTIN_VMTEST_KEEP_DATA_FAIL", keep);
        return environment;
    }

    private static void override(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
