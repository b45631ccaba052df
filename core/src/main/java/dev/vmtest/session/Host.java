package dev.vmtest.session;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Accelerators;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.QemuMachines;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.run.KeepRules;
import dev.vmtest.run.RunContext;
import dev.vmtest.run.RunListener;
import dev.vmtest.run.RunResults.AcceleratorRecord;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestCases;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Make the host's side of a run from the command line, the environment and what is installed. */
final class Host implements AutoCloseable {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss");

    private final SessionOptions options;
    private final Settings settings;
    private final SupervisedProcesses processes;
    private final Map<String, String> environment;
    private final Clock clock;
    private final ImageStore images;
    private @Nullable Accelerator accelerator;

    Host(SessionOptions options, Map<String, String> environment, SupervisedProcesses processes, Clock clock) {
        this.options = options;
        this.environment = Map.copyOf(environment);
        this.settings = Settings.read(environment);
        this.processes = processes;
        this.clock = clock;
        this.images = new ImageStore(
                ImageDirectory.choose(settings.find(SettingsTable.IMAGE_DIR).orElse(null), environment), clock);
    }

    /** Return what the environment says about every test. */
    TestCases.Defaults testDefaults() {
        return new TestCases.Defaults(
                options.installer(),
                settings.find(SettingsTable.NR_CPUS).orElse(0),
                settings.find(SettingsTable.VMRAM).orElse(0),
                settings.get(SettingsTable.BRIDGE),
                Duration.ofSeconds(settings.get(SettingsTable.INSTALL_TIMEOUT)),
                Duration.ofSeconds(settings.get(SettingsTable.BOOT_TIMEOUT)),
                hostArchitecture());
    }

    /** Return how many tests run at a time. */
    int parallel() {
        int asked = settings.get(SettingsTable.PARALLEL);
        return asked < 0 ? Runtime.getRuntime().availableProcessors() : Math.max(1, asked);
    }

    /**
     * Make the directory of the run.
     *
     * @throws InfrastructureException if it cannot be made
     * @throws IllegalArgumentException if it holds anything already
     */
    Path createTopdir() {
        Path topdir = settings.find(SettingsTable.TOPDIR)
                .orElseGet(() -> temporaryDirectory().resolve("vmtest-" + STAMP.format(LocalDateTime.now(clock))));
        try {
            if (Files.exists(topdir) && !Files.isDirectory(topdir)) {
                throw new IllegalArgumentException(topdir + " is a file; name a directory that is new or empty");
            }
            Files.createDirectories(topdir);
            try (Stream<Path> entries = Files.list(topdir)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            topdir + " is not empty; name a directory that is new or empty, or remove what is in it");
                }
            }
            return topdir.toAbsolutePath();
        } catch (IOException trouble) {
            throw new InfrastructureException(
                    "the directory of the run cannot be made: " + trouble + "; name another with --topdir", trouble);
        }
    }

    /**
     * Find out what executes guests here, with the kernel of the first image that is needed.
     *
     * @throws InfrastructureException if an image is missing, or QEMU
     */
    AcceleratorRecord accelerator(List<TestCase> tests) {
        Optional<TestCase> first =
                tests.stream().filter(test -> test.skipReason().isEmpty()).findFirst();
        if (first.isEmpty()) {
            return new AcceleratorRecord("none", "no test is run");
        }
        for (String release : tests.stream()
                .filter(test -> test.skipReason().isEmpty())
                .map(TestCase::release)
                .distinct()
                .toList()) {
            image(release);
        }
        try {
            Accelerator found = new Accelerators(processes, machines(), temporaryDirectory(), cacheDirectory())
                    .choose(image(first.get().release()).kernel());
            accelerator = found;
            return new AcceleratorRecord(found.name().text(), found.reason());
        } catch (MachineException trouble) {
            throw new InfrastructureException(String.valueOf(trouble.getMessage()), trouble);
        }
    }

    RunContext context(Path topdir, String version, RunListener listener) {
        Accelerator chosen = Optional.ofNullable(accelerator).orElse(Accelerator.tcg("no test is run"));
        return new RunContext(
                topdir,
                version,
                chosen,
                processes,
                machines(),
                this::newest,
                Map.of(BuiltinInstaller.NAME, new BuiltinInstaller()),
                keepRules(),
                settings.get(SettingsTable.TAR_DISKS),
                settings.find(SettingsTable.APT_PROXY).orElse(null),
                SshKeys.of(home()),
                clock,
                Ticker.SYSTEM,
                new SecureRandom(),
                listener);
    }

    @Override
    public void close() {
        processes.close();
    }

    private Machines machines() {
        return new QemuMachines(processes, temporaryDirectory(), Ticker.SYSTEM);
    }

    private Path temporaryDirectory() {
        return settings.get(SettingsTable.TMPDIR);
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", "/"));
    }

    /** Follow the XDG base directory specification. */
    private Path cacheDirectory() {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (configured.isEmpty() ? home().resolve(".cache") : Path.of(configured)).resolve("vmtest");
    }

    private KeepRules keepRules() {
        return new KeepRules(settings.get(SettingsTable.KEEP_DATA_PASS), settings.get(SettingsTable.KEEP_DATA_FAIL));
    }

    private InstallImage image(String release) {
        try {
            return newest(release);
        } catch (ImageException missing) {
            throw new InfrastructureException(String.valueOf(missing.getMessage()), missing);
        }
    }

    private InstallImage newest(String release) throws ImageException {
        return images.newest(release, hostArchitecture(), ImageVariant.GENERIC);
    }

    private static String hostArchitecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "ppc64le" -> "ppc64el";
            default -> System.getProperty("os.arch");
        };
    }
}
