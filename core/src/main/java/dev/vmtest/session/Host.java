package dev.vmtest.session;

import dev.vmtest.disk.DiskException;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.guestfs.Guestfs;
import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.ImageTreeLock;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.ReleaseBase;
import dev.vmtest.image.ReleaseTable;
import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.installer.ExternalInstaller;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.SharedTgt;
import dev.vmtest.iscsi.TgtServer;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Accelerators;
import dev.vmtest.machine.Architecture;
import dev.vmtest.machine.BridgeAccess;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.QemuArguments;
import dev.vmtest.machine.QemuMachines;
import dev.vmtest.machine.SnapshotStore;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.RunReport;
import dev.vmtest.run.Images;
import dev.vmtest.run.KeepRules;
import dev.vmtest.run.KeptDataRunner;
import dev.vmtest.run.Resumption;
import dev.vmtest.run.RunContext;
import dev.vmtest.run.RunListener;
import dev.vmtest.run.RunResults.AcceleratorRecord;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestCases;
import dev.vmtest.run.TestResult;
import dev.vmtest.schedule.Budget;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Make the host's side of a run from the command line, the environment and what is installed. */
final class Host implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss");

    /** An installed Debian takes 0.7 GB, its first boot a little more; a test that asks for more says so by failing. */
    private static final long BYTES_FOR_A_TEST = 2L << 30;

    /** Where a tgtd listens that was told nothing else (tgtd(8)). */
    private static final Path DEFAULT_TGT_SOCKET = Path.of("/var/run/tgtd/socket");

    private final SessionOptions options;
    private final Settings settings;
    private final SupervisedProcesses processes;
    private final Surroundings surroundings;
    private final Clock clock;
    private final ImageStore images;
    private final @Nullable ExternalInstaller external;
    private final @Nullable String aptProxy;
    private final ImageVariant variant;
    private @Nullable Accelerator accelerator;
    private String qemuVersion = "";
    private @Nullable ImageTreeLock imageLock;

    Host(SessionOptions options, Surroundings surroundings, SupervisedProcesses processes, Clock clock) {
        this.options = options;
        this.surroundings = surroundings;
        this.settings = Settings.read(surroundings.environment());
        this.processes = processes;
        this.aptProxy = AptProxy.find(settings, processes).orElse(null);
        InstallerChoice choice = options.choice(settings);
        this.external = choice.isBuiltin() ? null : new ExternalInstaller(choice.command(), processes);
        this.clock = clock;
        this.variant = ImageVariant.of(settings.get(SettingsTable.IMAGE_VARIANT));
        this.images = new ImageStore(
                ImageDirectory.choose(settings.find(SettingsTable.IMAGE_DIR).orElse(null), surroundings.environment()),
                clock);
    }

    /** Return what the environment says about every test. */
    TestCases.Defaults testDefaults() {
        TestCases.Defaults defaults = TestDefaults.of(options, settings, clock);
        return defaults.withAdditions(defaults.additions().withAptProxy(aptProxy));
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

    /** Say whether only the checks are run, on what an earlier run left. */
    boolean reuses() {
        return settings.get(SettingsTable.REUSE_TOPDIR);
    }

    /** Return the result that an earlier run left in a test's directory; what cannot be read is none. */
    Optional<TestResult> earlierResult(Path testDirectory) {
        try {
            return RunReport.kept(testDirectory);
        } catch (IOException unreadable) {
            LOG.warn("{}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Return what a test needs of the budget. */
    Budget.Demand demand(TestCase test) {
        if (reuses()) {
            return Budget.Demand.NONE;
        }
        return new Budget.Demand(test.machine().cpus(), QemuArguments.hostMemory(test.machine(), chosenAccelerator()));
    }

    private Accelerator chosenAccelerator() {
        return Optional.ofNullable(accelerator).orElse(Accelerator.tcg("no test is run"));
    }

    /** Return where everything of the run goes; nothing is made yet. */
    Topdir topdir() {
        Optional<Path> named = settings.find(SettingsTable.TOPDIR);
        if (reuses() && named.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is nothing to reuse: name the directory of an earlier run with --topdir or"
                            + " CURTIN_VMTEST_TOPDIR");
        }
        return new Topdir(named.orElseGet(this::unusedDirectory));
    }

    /** Two runs may begin in the same second. */
    private Path unusedDirectory() {
        String name = "vmtest-" + STAMP.format(LocalDateTime.now(clock));
        Path directory = temporaryDirectory().resolve(name);
        for (int number = 2; Files.exists(directory); number++) {
            directory = temporaryDirectory().resolve(name + "-" + number);
        }
        return directory;
    }

    /** Return where the debug log goes. */
    Path log(Topdir topdir) {
        return settings.find(SettingsTable.LOG)
                .orElseGet(() -> topdir.path().resolveSibling(topdir.path().getFileName() + ".log"))
                .toAbsolutePath();
    }

    /**
     * Make sure that this host can run tests, before anything is made.
     *
     * @throws InfrastructureException with everything that it lacks
     * @throws IllegalArgumentException if the topdir is in use
     */
    void require(List<TestCase> tests, Topdir topdir) {
        if (reuses()) {
            requireKept(tests, topdir);
            return;
        }
        Path existing = topdir.check();
        List<TestCase> wanted =
                tests.stream().filter(test -> test.skipReason().isEmpty()).toList();
        if (wanted.isEmpty()) {
            return;
        }
        List<String> problems = new ArrayList<>();
        for (HostTool tool : HostTool.missing(HostTool.Purpose.RUN, surroundings.environment())) {
            problems.add("the program " + tool.program() + " is not installed; install it with 'apt-get install "
                    + tool.debianPackage() + "' ('vmtest doctor' says what else is missing)");
        }
        requireTemporaryDirectory(problems);
        requireInstaller(problems);
        requireImages(wanted, problems);
        requireIscsi(wanted, problems);
        if (wanted.stream().anyMatch(test -> test.machine().firmware() == Firmware.UEFI)) {
            requireFirmware(problems);
        }
        wanted.stream()
                .flatMap(test -> test.machine().nics().stream())
                .map(NicSpec::bridge)
                .distinct()
                .forEach(bridge -> problems.addAll(BridgeAccess.ofHost().obstacles(bridge)));
        requireSpace(existing, Math.min(parallel(), wanted.size()), problems);
        if (!problems.isEmpty()) {
            throw new InfrastructureException(problems);
        }
    }

    private void requireKept(List<TestCase> tests, Topdir topdir) {
        topdir.requireEarlierRun();
        List<String> objections = tests.stream()
                .filter(test -> test.skipReason().isEmpty())
                .flatMap(test -> KeptDataRunner.objection(test, topdir.path(), this::earlierResult).stream())
                .toList();
        if (!objections.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", objections));
        }
    }

    /** An installer that does not run here fails every test, so nothing is begun. */
    private void requireInstaller(List<String> problems) {
        if (external == null) {
            return;
        }
        try {
            LOG.info("the installer under test is {}", external.version());
        } catch (InstallerException broken) {
            problems.add(String.valueOf(broken.getMessage()));
        }
    }

    /** A server of the run's own listens on the loopback address, which only some guests and installers reach. */
    private void requireIscsi(List<TestCase> wanted, List<String> problems) {
        List<TestCase> served = wanted.stream().filter(TestCase::needsIscsi).toList();
        if (served.isEmpty() || settings.find(SettingsTable.ISCSI_PORTAL).isPresent()) {
            return;
        }
        HostTool.missing(HostTool.Purpose.ISCSI, surroundings.environment())
                .forEach(tool -> problems.add("the program " + tool.program() + " is not installed, which "
                        + served.get(0).name() + " needs for its iSCSI disks; install it with 'apt-get install "
                        + tool.debianPackage() + "'"));
        String remedy = "; start a server on another address with 'vmtest iscsi DIRECTORY ADDRESS' and read the file"
                + " 'info' that it writes into this shell";
        served.stream()
                .filter(test -> !test.installer().isBuiltin())
                .findFirst()
                .ifPresent(test -> problems.add(test.name()
                        + " has iSCSI disks, and curtin discovers targets: it can't use those of an address that means"
                        + " something else in a guest than on this host" + remedy));
        served.stream()
                .filter(test -> !test.machine().nics().get(0).bridge().equals(NicSpec.USER))
                .findFirst()
                .ifPresent(test -> problems.add(test.name()
                        + " has iSCSI disks and a bridge, which does not lead to the loopback address" + remedy));
    }

    private IscsiServer iscsiServer(Path log) throws IscsiException {
        Optional<String> portal = settings.find(SettingsTable.ISCSI_PORTAL);
        return portal.isPresent()
                ? new SharedTgt(
                        processes,
                        portal.get(),
                        settings.find(SettingsTable.TGT_IPC_SOCKET).orElse(DEFAULT_TGT_SOCKET))
                : TgtServer.start(processes, temporaryDirectory(), log);
    }

    private Map<String, Installer> installers() {
        Map<String, Installer> installers = new HashMap<>();
        installers.put(BuiltinInstaller.NAME, new BuiltinInstaller());
        if (external != null) {
            installers.put(ExternalInstaller.NAME, external);
        }
        return installers;
    }

    private void requireTemporaryDirectory(List<String> problems) {
        Path directory = temporaryDirectory();
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            problems.add("the directory for temporary files " + directory
                    + " is missing or cannot be written; set TMPDIR to a directory that you can write to");
        }
    }

    private void requireImages(List<TestCase> tests, List<String> problems) {
        Set<String> missing = new LinkedHashSet<>();
        for (TestCase test : tests) {
            try {
                InstallImage environment = images().find(test.release());
                InstallImage target =
                        images().findTarget(test.targetRelease(), test.target().fileType());
                LOG.debug("{} boots {} and installs {}", test.title(), environment.description(), target.description());
            } catch (ImageException absent) {
                missing.add(String.valueOf(absent.getMessage()));
            }
        }
        problems.addAll(missing);
    }

    private static void requireFirmware(List<String> problems) {
        try {
            var unused = FirmwareFiles.find();
        } catch (MachineException missing) {
            problems.add(String.valueOf(missing.getMessage()));
        }
    }

    private void requireSpace(Path directory, int parallel, List<String> problems) {
        try {
            new DiskImages(processes, surroundings.freeSpace()).requireFree(directory, BYTES_FOR_A_TEST * parallel);
        } catch (DiskException full) {
            problems.add(String.valueOf(full.getMessage()));
        }
    }

    /**
     * Find out what executes guests here, with the kernel of the first image that is needed.
     *
     * @throws InfrastructureException if that cannot be found out
     */
    AcceleratorRecord accelerator(List<TestCase> tests) {
        Optional<TestCase> first =
                tests.stream().filter(test -> test.skipReason().isEmpty()).findFirst();
        if (reuses()) {
            return new AcceleratorRecord("none", "only the checks are run, on kept data");
        }
        if (first.isEmpty()) {
            return new AcceleratorRecord("none", "no test is run");
        }
        try {
            holdImages();
            Accelerators accelerators = accelerators();
            Accelerator found =
                    accelerators.choose(images().find(first.get().release()).kernel());
            accelerator = found;
            qemuVersion = accelerators.qemuVersion();
            return new AcceleratorRecord(found.name().text(), found.reason());
        } catch (MachineException | ImageException trouble) {
            throw new InfrastructureException(String.valueOf(trouble.getMessage()), trouble);
        }
    }

    /** Return what opens images for a person; its appliance uses KVM only where a guest has run under it. */
    Guestfs guestfs() {
        return new Guestfs(processes, temporaryDirectory(), emulatesAnyGuest());
    }

    private boolean emulatesAnyGuest() {
        try {
            Optional<InstallImage> any = images.images().stream().findFirst();
            return any.isEmpty() || accelerators().choose(any.get().kernel()).name() == Accelerator.Name.TCG;
        } catch (MachineException | ImageException unknown) {
            return true;
        }
    }

    /**
     * Choose what executes a machine that a person puts together.
     *
     * @param kernel the kernel that it will run if that is known; otherwise that of any image is tried
     */
    Accelerator accelerator(Architecture guest, @Nullable Path kernel) {
        Architecture host = Architecture.host();
        if (!guest.runsOn(host)) {
            return Accelerator.tcg("a host of " + host.debianName() + " emulates guests of " + guest.debianName());
        }
        try {
            Path tried = kernel;
            if (tried == null || guest != host) {
                Optional<InstallImage> any = images.images().stream()
                        .filter(image -> image.arch().equals(host.debianName()) && image.has("boot-kernel"))
                        .findFirst();
                if (any.isEmpty()) {
                    return Accelerator.tcg("there is no image to try KVM with");
                }
                tried = any.get().kernel();
            }
            return accelerators().choose(tried);
        } catch (MachineException | ImageException unknown) {
            return Accelerator.tcg("whether KVM works cannot be found out: " + unknown.getMessage());
        }
    }

    private Accelerators accelerators() {
        return new Accelerators(processes, machines(), temporaryDirectory(), cacheDirectory());
    }

    /** From here to the end of the session no file of an image vanishes or changes. */
    private void holdImages() throws ImageException {
        if (imageLock == null) {
            imageLock = ImageTreeLock.shared(
                    images.directory(),
                    Duration.ofSeconds(settings.get(SettingsTable.IMAGE_LOCK_TIMEOUT)),
                    () -> LOG.warn(
                            "waiting until the images of {} are synced",
                            images.directory().root()));
        }
    }

    RunContext context(Path topdir, String version, RunListener listener) {
        return new RunContext(
                topdir,
                version,
                chosenAccelerator(),
                processes,
                machines(),
                images(),
                installers(),
                keepRules(),
                settings.get(SettingsTable.TAR_DISKS),
                aptProxy,
                sshKeys(),
                clock,
                Ticker.SYSTEM,
                new SecureRandom(),
                listener,
                options.fidelity(settings),
                resumption(),
                options.attendance(),
                this::iscsiServer);
    }

    /** Return the public keys that may log in to guests. */
    List<String> sshKeys() {
        return SshKeys.of(surroundings.environment(), processes);
    }

    private Resumption resumption() {
        return switch (options.fidelity(settings)) {
            case FULL, FULL_HTTP -> Resumption.never();
            case RESUME -> new Resumption(new SnapshotStore(machines(), qemuVersion, Ticker.SYSTEM), this::snapshots);
        };
    }

    /** Return where snapshots lie: beside the images, or where this user may write. */
    private Path snapshots(InstallImage image) {
        ImageDirectory shared = images.directory();
        if (Files.isWritable(shared.root())) {
            return shared.snapshots(image);
        }
        // Whoever prunes the images cannot know of this directory.
        ImageDirectory own = new ImageDirectory(cacheDirectory());
        try {
            images.pruneSnapshots(own);
        } catch (ImageException left) {
            LOG.warn("{}", left.getMessage());
        }
        return own.snapshots(image);
    }

    @Override
    public void close() {
        processes.close();
        ImageTreeLock held = imageLock;
        imageLock = null;
        if (held != null) {
            try {
                held.close();
            } catch (ImageException trouble) {
                LOG.warn("the images stay locked until this process ends: {}", trouble.getMessage());
            }
        }
    }

    private QemuMachines machines() {
        return new QemuMachines(processes, temporaryDirectory(), Ticker.SYSTEM, clock);
    }

    Path temporaryDirectory() {
        return settings.get(SettingsTable.TMPDIR);
    }

    Path home() {
        return Path.of(surroundings.environment().getOrDefault("HOME", "/"));
    }

    /** Follow the XDG base directory specification. */
    private Path cacheDirectory() {
        String configured = surroundings.environment().getOrDefault("XDG_CACHE_HOME", "");
        return (configured.isEmpty() ? home().resolve(".cache") : Path.of(configured)).resolve("vmtest");
    }

    private KeepRules keepRules() {
        return new KeepRules(settings.get(SettingsTable.KEEP_DATA_PASS), settings.get(SettingsTable.KEEP_DATA_FAIL));
    }

    /** Return the images of this host. */
    Images images() {
        String arch = TestDefaults.hostArchitecture();
        return new Images() {
            @Override
            public InstallImage find(String release) throws ImageException {
                ReleaseBase base = ReleaseTable.base(release).orElseThrow();
                return images.newest(base, arch, variant);
            }

            @Override
            public InstallImage findTarget(String release, String fileType) throws ImageException {
                return images.newestWith(ReleaseTable.find(release).orElseThrow(), arch, fileType);
            }
        };
    }
}
