package dev.vmtest.session;

import dev.vmtest.disk.DiskImages;
import dev.vmtest.guestfs.Guestfs;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.Images;
import dev.vmtest.image.build.SourceBuilder;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Ticker;
import dev.vmtest.machine.qemu.Accelerators;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.machine.qemu.QemuArguments;
import dev.vmtest.machine.qemu.QemuMachines;
import dev.vmtest.machine.snapshot.SnapshotStore;
import dev.vmtest.plan.InputHash;
import dev.vmtest.plan.Needs;
import dev.vmtest.plan.Units;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunListener;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.schedule.Budget;
import dev.vmtest.schedule.HostWatch;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.trial.KeepRules;
import dev.vmtest.trial.KeptDataRunner;
import dev.vmtest.trial.Resumption;
import dev.vmtest.trial.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Make the host's side of a run from the command line, the environment and what is installed. */
public final class Host implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private final SessionOptions options;
    private final Settings settings;
    private final SupervisedProcesses processes;
    /** Another program's burst is over in less, and a core that is free is missed for no longer. */
    private static final long BETWEEN_LOOKS_SECONDS = 2;

    private final Surroundings surroundings;
    private final Clock clock;
    private final HostDirectories directories;
    private final HostImages images;
    private final QemuMachines machines;
    private final Accelerators accelerators;
    private final IscsiOfRun iscsi;
    private final Installer installer;
    private final @Nullable String aptProxy;
    private final InputHash inputs;
    private @Nullable Accelerator accelerator;
    private String qemuVersion = "";

    public Host(SessionOptions options, Surroundings surroundings, SupervisedProcesses processes, Clock clock) {
        this.options = options;
        this.surroundings = surroundings;
        this.settings = Settings.read(surroundings.environment());
        this.processes = processes;
        this.clock = clock;
        this.aptProxy = AptProxy.find(settings, processes).orElse(null);
        this.installer = options.choice(settings).open(processes, Session.version());
        this.directories = new HostDirectories(settings, surroundings.environment(), clock);
        this.images = new HostImages(
                settings,
                surroundings.environment(),
                clock,
                new HostImages.SourceMaking(
                        new SourceBuilder(processes, surroundings.environment()), directories.cache()));
        this.machines = new QemuMachines(processes, directories.temporary(), Ticker.SYSTEM, clock);
        this.accelerators = new Accelerators(processes, machines, directories.temporary(), directories.cache());
        this.inputs = new InputHash(images, options.fidelity(settings), Session.version());
        this.iscsi = new IscsiOfRun(settings, surroundings.environment(), processes);
    }

    /** Return a host whose state is asked for while nothing is run on it. */
    static Host toLookAt(SessionOptions options, Surroundings surroundings) {
        QemuChoice qemu = QemuChoice.of(surroundings.environment());
        return new Host(
                options,
                surroundings.withEnvironment(qemu.environment()),
                new SupervisedProcesses(qemu.changes()),
                Clock.systemUTC());
    }

    /** Return who reads configurations, with what the environment says about every test. */
    TestCases testCases() {
        return testCases(new TestCases(TestDefaults.of(options, settings, clock)));
    }

    /** Return who reads configurations for this host, which may be one that has read some already. */
    TestCases testCases(TestCases given) {
        return given.withAptProxy(aptProxy);
    }

    /** Return how many tests run at a time. */
    int parallel() {
        int asked = settings.get(SettingsTable.PARALLEL);
        return asked < 0 ? Runtime.getRuntime().availableProcessors() : Math.max(1, asked);
    }

    /** Return what all tests of the run may use together. */
    Budget budget() {
        return new Budget(parallel(), Runtime.getRuntime().availableProcessors(), HostMemory.available());
    }

    /**
     * Return who looks at what others leave of the host while tests run.
     *
     * @param news is told once why tests wait
     */
    HostWatch watch(Consumer<String> news) {
        if (reuses()) {
            return HostWatch.NONE;
        }
        long pid = ProcessHandle.current().pid();
        return new MeasuredHost(
                () -> ProcessorTimes.read(Path.of("/proc"), pid),
                Runtime.getRuntime().availableProcessors(),
                HostMemory::available,
                Ticker.SYSTEM,
                CompletableFuture.delayedExecutor(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS),
                news);
    }

    /** Say whether what has passed before with the same inputs is not run. */
    boolean leavesOutUnchanged() {
        return settings.get(SettingsTable.CHANGED);
    }

    /** Say whether somebody sits before the machines, who may do anything to them. */
    boolean isAttended() {
        return options.attendance() != null;
    }

    /** Say whether only the checks are run, on what an earlier run left. */
    boolean reuses() {
        return settings.get(SettingsTable.REUSE_TOPDIR);
    }

    /** Return the result that an earlier run left in a test's directory; what cannot be read is none. */
    Optional<TestResult> earlierResult(Path testDirectory) {
        try {
            return RunReport.kept(testDirectory);
        } catch (IOException unreadable) {
            LOG.warn("an earlier result does not count: {}", PlainTrouble.of(unreadable));
            return Optional.empty();
        }
    }

    /** Say whether the environment decides how many virtual CPUs each machine has. */
    boolean givesProcessors() {
        return settings.find(SettingsTable.NR_CPUS).isPresent();
    }

    /** Return what a test needs of the budget. */
    Budget.Demand demand(TestCase test) {
        if (reuses()) {
            return Budget.Demand.NONE;
        }
        return new Budget.Demand(test.machine().cpus(), QemuArguments.hostMemory(test.machine(), chosenAccelerator()));
    }

    /** Return the units that tests are, with what each depends on here. */
    List<Unit> units(List<TestCase> tests, Needs needs) {
        try {
            return new Units(inputs, needs).of(tests);
        } catch (InstallerException broken) {
            throw new InfrastructureException(String.valueOf(broken.getMessage()), broken);
        }
    }

    /** Return what of this host may decide a result; unknown before {@link #accelerator(List)}. */
    UnitPlace place() {
        Accelerator chosen = accelerator;
        return chosen == null
                ? UnitPlace.UNKNOWN
                : new UnitPlace(
                        qemuVersion,
                        Platform.of(Architecture.host())
                                .guestProcessor(
                                        chosen, HostDescription.ofThisHost().processor()));
    }

    private Accelerator chosenAccelerator() {
        return Optional.ofNullable(accelerator).orElse(Accelerator.tcg("no test is run"));
    }

    /** Return where everything of the run goes; nothing is made yet. */
    Topdir topdir() {
        if (reuses() && settings.find(SettingsTable.TOPDIR).isEmpty()) {
            throw new MistakeException(
                    "there is nothing to reuse: name the directory of an earlier run with --topdir or"
                            + " CURTIN_VMTEST_TOPDIR");
        }
        return directories.topdir();
    }

    /** Return where the debug log goes. */
    Path log(Topdir topdir) {
        return directories.log(topdir);
    }

    /**
     * Make sure that this host can run tests, before anything is made.
     *
     * @throws InfrastructureException with everything that it lacks
     * @throws MistakeException if the topdir is in use
     */
    void require(List<TestCase> tests, Topdir topdir) {
        require(tests, topdir, Topdir::check);
    }

    /** Make sure of the same, as far as it is known without writing anything. */
    void requireWithoutWriting(List<TestCase> tests, Topdir topdir) {
        require(tests, topdir, Topdir::look);
    }

    private void require(List<TestCase> tests, Topdir topdir, Function<Topdir, Path> check) {
        if (reuses()) {
            requireKept(tests, topdir);
            return;
        }
        Path existing = check.apply(topdir);
        List<TestCase> wanted =
                tests.stream().filter(test -> test.skipReason().isEmpty()).toList();
        if (wanted.isEmpty()) {
            return;
        }
        List<String> obstacles = new HostRequirements(
                        surroundings.environment(),
                        directories.temporary(),
                        images,
                        installer,
                        iscsi,
                        new DiskImages(processes, surroundings.freeSpace()))
                .obstacles(wanted, existing, parallel());
        if (!obstacles.isEmpty()) {
            throw new InfrastructureException(obstacles);
        }
    }

    private void requireKept(List<TestCase> tests, Topdir topdir) {
        topdir.requireEarlierRun();
        List<String> objections = tests.stream()
                .filter(test -> test.skipReason().isEmpty())
                .flatMap(test -> KeptDataRunner.objection(test, topdir.path(), this::earlierResult).stream())
                .toList();
        if (!objections.isEmpty()) {
            throw new MistakeException(String.join("\n", objections));
        }
    }

    /**
     * Find out what executes guests here, with the kernel of the first image that is needed.
     *
     * @throws InfrastructureException if that cannot be found out
     */
    public AcceleratorRecord accelerator(List<TestCase> tests) {
        Optional<TestCase> first =
                tests.stream().filter(test -> test.skipReason().isEmpty()).findFirst();
        if (reuses()) {
            return new AcceleratorRecord("none", "only the checks are run, on kept data");
        }
        if (first.isEmpty()) {
            return new AcceleratorRecord("none", "no test is run");
        }
        try {
            images.hold();
            Accelerator found = accelerators.choose(
                    images.find(first.get().release(), first.get().imageNeeds()).kernel());
            accelerator = found;
            qemuVersion = accelerators.qemuVersion();
            return new AcceleratorRecord(found.name().text(), found.reason());
        } catch (MachineException | ImageException trouble) {
            throw new InfrastructureException(String.valueOf(trouble.getMessage()), trouble);
        }
    }

    /** Return what opens images for a person; its appliance uses KVM only where a guest has run under it. */
    Guestfs guestfs() {
        return new Guestfs(
                processes, directories.temporary(), new ManualAccelerator(accelerators, images).emulatesAnyGuest());
    }

    /**
     * Choose what executes a machine that a person puts together.
     *
     * @param kernel the kernel that it will run if that is known
     */
    public Accelerator accelerator(Architecture guest, @Nullable Path kernel) {
        return new ManualAccelerator(accelerators, images).choose(guest, kernel);
    }

    RunContext context(Path topdir, String version, RunListener listener) {
        return new RunContext(
                new RunContext.Keeping(topdir, keepRules(), settings.get(SettingsTable.TAR_DISKS)),
                version,
                new RunContext.HostSide(chosenAccelerator(), processes, machines, images, iscsi),
                installer,
                listener,
                new RunContext.TimeAndChance(clock, Ticker.SYSTEM, new SecureRandom()),
                new RunContext.Guests(
                        options.fidelity(settings), resumption(), options.attendance(), aptProxy, sshKeys()));
    }

    /** Return the public keys that may log in to guests. */
    public List<String> sshKeys() {
        return SshKeys.of(surroundings.environment(), processes);
    }

    private Resumption resumption() {
        return switch (options.fidelity(settings)) {
            case FULL, FULL_HTTP -> Resumption.never();
            case RESUME ->
                new Resumption(
                        new SnapshotStore(machines, qemuVersion, Ticker.SYSTEM),
                        image -> images.snapshots(image, directories.cache()));
        };
    }

    @Override
    public void close() {
        processes.close();
        images.close();
    }

    public Path temporaryDirectory() {
        return directories.temporary();
    }

    /** Return where snapshots would be made, if tests may be resumed from any. */
    Optional<Path> snapshots() {
        return options.fidelity(settings) == Fidelity.RESUME
                ? Optional.of(images.snapshots(directories.cache()))
                : Optional.empty();
    }

    /** Return where it is remembered what passed; empty where that is nowhere. */
    Optional<Path> passes() {
        return isAttended() ? Optional.empty() : HostDirectories.passes(settings, surroundings.environment());
    }

    /** Return what stays of a test that is over. */
    KeepRules keepRules() {
        return new KeepRules(settings.get(SettingsTable.KEEP_DATA_PASS), settings.get(SettingsTable.KEEP_DATA_FAIL));
    }

    /** Return the images of this host. */
    public Images images() {
        return images;
    }
}
