package dev.vmtest.run;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installconfig.VmtestSection;
import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.storage.BootRules;
import dev.vmtest.storage.StorageConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Make complete test cases of what authors wrote: read the configuration, infer the machine, and find
 * everything that is wrong before any work is done.
 */
public final class TestCases {

    private final Defaults defaults;

    /**
     * Hold what the environment and the command line say about every test.
     *
     * @param installer the installer under test
     * @param additions what the environment adds to every configuration
     * @param knownIssues the failures that are known
     * @param cpus overrides the number of virtual CPUs, 0 leaves it
     * @param memory overrides the memory in MiB, 0 leaves it
     * @param bridge the bridge of NICs that name none
     * @param installTimeout how long an install may take where the test does not say
     * @param bootTimeout how long a first boot may take where the test does not say
     * @param hostArchitecture Debian's name of the host's architecture
     * @param fidelity how install environments start where a test leaves the choice
     */
    public record Defaults(
            InstallerChoice installer,
            ConfigAdditions additions,
            KnownIssues knownIssues,
            int cpus,
            int memory,
            String bridge,
            Duration installTimeout,
            Duration bootTimeout,
            String hostArchitecture,
            Fidelity fidelity) {

        /** Resume install environments where a test leaves the choice. */
        public Defaults(
                InstallerChoice installer,
                ConfigAdditions additions,
                KnownIssues knownIssues,
                int cpus,
                int memory,
                String bridge,
                Duration installTimeout,
                Duration bootTimeout,
                String hostArchitecture) {
            this(
                    installer,
                    additions,
                    knownIssues,
                    cpus,
                    memory,
                    bridge,
                    installTimeout,
                    bootTimeout,
                    hostArchitecture,
                    Fidelity.RESUME);
        }

        /** Return the same with other additions to every configuration. */
        public Defaults withAdditions(ConfigAdditions other) {
            return new Defaults(
                    installer,
                    other,
                    knownIssues,
                    cpus,
                    memory,
                    bridge,
                    installTimeout,
                    bootTimeout,
                    hostArchitecture,
                    fidelity);
        }
    }

    public TestCases(Defaults defaults) {
        this.defaults = defaults;
    }

    /**
     * Return the case of a definition on each of its releases.
     *
     * @param problems takes everything that is wrong with the configuration; the cases are then not fit
     *     for use
     */
    public List<TestCase> of(TestDefinition definition, List<String> releases, Problems problems) {
        // What is wrong with one configuration must not hide what is wrong with the next.
        Problems own = new Problems();
        defaults.knownIssues().addProblemsTo(problems);
        List<TestCase> cases = read(definition, releases, own);
        problems.addAll(own);
        return cases;
    }

    private List<TestCase> read(TestDefinition definition, List<String> releases, Problems problems) {
        MapValue root = ConfigFiles.parse(
                definition.config().name(), definition.config().text(), problems);
        ConfigLayers layers = new ConfigLayers(defaults.additions());
        InstallConfig given = InstallConfig.read(layers.given(root, problems), problems);
        BootCloudConfig.parse(definition, problems);
        if (!problems.isEmpty()) {
            return List.of();
        }
        MachineSpec machine = MachineSpecs.of(
                MachineNeeds.of(given),
                definition.machine(),
                new MachineSpecs.Overrides(defaults.cpus(), defaults.memory(), defaults.bridge()));
        List<ConfigLayer> all = layers.of(root, machine.firmware() == Firmware.UEFI);
        InstallConfig config = InstallConfig.read(withOwnKey(ConfigLayers.merge(all), given), problems);
        validate(config, machine, problems);
        validateTarget(definition, config, releases, problems);
        List<TestCase> cases = new ArrayList<>();
        for (String release : releases) {
            cases.add(testCase(definition, release, all, config, machine));
        }
        return cases;
    }

    /** Return a configuration with the key that only we read, which no installer is given. */
    private static MapValue withOwnKey(MapValue merged, InstallConfig given) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(merged.entries());
        MapValue.Entry own = given.root().entries().get(VmtestSection.KEY);
        if (own != null) {
            entries.put(VmtestSection.KEY, own);
        }
        return new MapValue(given.root().location(), entries);
    }

    private void validate(InstallConfig config, MachineSpec machine, Problems problems) {
        boolean uefi = machine.firmware() == Firmware.UEFI;
        StorageConfig storage = config.effectiveStorage(uefi);
        BootRules.check(storage, uefi, problems);
        DiskSizes.check(storage, machine, problems);
        if (defaults.installer().isBuiltin()) {
            new BuiltinInstaller().plan(config, uefi, problems);
        }
    }

    private void validateTarget(
            TestDefinition definition, InstallConfig config, List<String> releases, Problems problems) {
        TestDefinition.InstallTarget target = definition.target();
        if (!TargetSource.isKnown(target.fileType())) {
            problems.add(
                    config.location(),
                    definition.name() + ": a target of type '" + target.fileType() + "' cannot be installed",
                    "take one of: " + TargetSource.known());
        }
        boolean isCopy = releases.stream().allMatch(release -> TargetSource.isLiveRoot(release, target));
        if (defaults.installer().isBuiltin() && !isCopy) {
            problems.add(
                    config.location(),
                    definition.name() + ": the built-in installer installs only a copy of its install environment",
                    "use --installer curtin");
        }
    }

    private TestCase testCase(
            TestDefinition definition,
            String release,
            List<ConfigLayer> layers,
            InstallConfig config,
            MachineSpec machine) {
        VmtestSection section = config.vmtest();
        return new TestCase(
                definition,
                release,
                layers,
                config,
                machine,
                defaults.installer(),
                timeout(definition.installTimeout(), section.installTimeout(), defaults.installTimeout()),
                timeout(definition.bootTimeout(), section.bootTimeout(), defaults.bootTimeout()),
                defaults.knownIssues()
                        .concerning(
                                definition.name(), release, defaults.installer().name()),
                skipReason(definition, release),
                reproduce(definition, release));
    }

    private String skipReason(TestDefinition definition, String release) {
        if (definition.skippedArchitectures().contains(defaults.hostArchitecture())) {
            return "not for a host of architecture " + defaults.hostArchitecture();
        }
        return Stream.of(release, definition.target().release())
                .filter(name -> !name.isEmpty() && !Releases.names().contains(name))
                .findFirst()
                .map(name -> "no release is called '" + name + "'; these are: " + String.join(", ", Releases.names()))
                .orElse("");
    }

    private String reproduce(TestDefinition definition, String release) {
        String test = definition.origin().equals(definition.config().name()) ? definition.origin() : definition.name();
        String installer = defaults.installer().option();
        String fidelity = defaults.fidelity() == Fidelity.RESUME
                ? ""
                : " --fidelity " + defaults.fidelity().text();
        return "vmtest run " + test + " --release " + release + (installer.isEmpty() ? "" : " " + installer) + fidelity;
    }

    private static Duration timeout(@Nullable Duration written, @Nullable Integer configured, Duration otherwise) {
        if (written != null) {
            return written;
        }
        return configured == null ? otherwise : Duration.ofSeconds(configured);
    }
}
