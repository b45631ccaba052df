package dev.vmtest.testcase;

import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installconfig.VmtestSection;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.knownissues.KnownIssue;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.ReleaseSupport;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.release.Renderer;
import dev.vmtest.release.SourceKind;
import dev.vmtest.storage.PrepPartition;
import dev.vmtest.storage.StorageConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Make complete test cases of what authors wrote: read the configuration, infer the machine, and find
 * everything that is wrong before any work is done.
 */
public final class TestCases {

    private final Defaults defaults;

    /** What was read, by definitions without their releases: who chooses tests, orders them and runs them asks each. */
    private final Map<TestDefinition, Reading> readings = new HashMap<>();

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
     * @param hostArchitecture the host's architecture, which its guests have too
     * @param fidelity how install environments start where a test leaves the choice
     * @param support which releases are run
     * @param renderer what configures the networks of systems that are built here, where a test does not say
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
            Architecture hostArchitecture,
            Fidelity fidelity,
            ReleaseSupport support,
            Renderer renderer) {

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
                    fidelity,
                    support,
                    renderer);
        }

        /** Return the same for a host of another architecture. */
        public Defaults withHostArchitecture(Architecture other) {
            return new Defaults(
                    installer,
                    additions,
                    knownIssues,
                    cpus,
                    memory,
                    bridge,
                    installTimeout,
                    bootTimeout,
                    other,
                    fidelity,
                    support,
                    renderer);
        }
    }

    /** Hold the defaults; a curtin under test is run on this host where it must be asked what it has. */
    public TestCases(Defaults defaults) {
        this.defaults = defaults;
    }

    /** Return who reads for runs with this proxy for packages, which is this one if it has the same. */
    public TestCases withAptProxy(@Nullable String proxy) {
        ConfigAdditions other = defaults.additions().withAptProxy(proxy);
        return other.equals(defaults.additions()) ? this : new TestCases(defaults.withAdditions(other));
    }

    /**
     * Return the case of a definition on each of its releases. A configuration is read once, however often it is asked
     * for.
     *
     * @param releases names of release bases, see {@link ReleaseTable#bases()}
     * @param problems takes everything that is wrong with the configuration; the cases are then not fit
     *     for use
     */
    public synchronized List<TestCase> of(TestDefinition definition, List<String> releases, Problems problems) {
        defaults.knownIssues().addProblemsTo(problems);
        TestDefinition anywhere = definition.forReleases(List.of());
        Reading reading = readings.get(anywhere);
        if (reading == null || !reading.answers(releases)) {
            // What is wrong with one configuration must not hide what is wrong with the next.
            Problems own = defaults.installer().problems();
            reading = new Reading(List.copyOf(releases), read(definition, releases, own), own);
            readings.put(anywhere, reading);
        }
        problems.addAll(reading.problems());
        return reading.on(releases);
    }

    /** Hold what a configuration says on some releases, and what is wrong with it. */
    private record Reading(List<String> releases, List<TestCase> cases, Problems problems) {

        /** What is wrong on one release says nothing about others. */
        private boolean answers(List<String> asked) {
            return releases.equals(asked) || (problems.isEmpty() && releases.containsAll(asked));
        }

        private List<TestCase> on(List<String> asked) {
            return releases.equals(asked)
                    ? cases
                    : asked.stream()
                            .flatMap(release ->
                                    cases.stream().filter(test -> test.release().equals(release)))
                            .toList();
        }
    }

    private List<TestCase> read(TestDefinition definition, List<String> releases, Problems problems) {
        if (definition.config().text().contains("__") && definition.config().refuseOpenTemplate(problems)) {
            return List.of();
        }
        MapValue root = forArchitecture(definition.config().read(problems), problems);
        ConfigLayers layers = new ConfigLayers(defaults.additions());
        InstallConfig given = InstallConfig.read(layers.given(root, problems), problems);
        BootCloudConfig.parse(definition, problems);
        if (!problems.isEmpty()) {
            return List.of();
        }
        MachineSpec machine = MachineSpecs.of(
                MachineNeeds.of(given),
                definition.machine(),
                new MachineSpecs.Overrides(defaults.cpus(), defaults.memory(), defaults.bridge()),
                defaults.hostArchitecture());
        List<ReleaseBase> bases = bases(given, releases, problems);
        if (!problems.isEmpty()) {
            return List.of();
        }
        validateTarget(definition, given, bases, problems);
        validateRenderer(definition, given, bases, problems);
        if (TestCase.hasPeer(definition, given.vmtest()) && given.network() == null) {
            problems.add(
                    given.vmtest().location(),
                    definition.name() + ": a network peer is made of the network section, and there is none",
                    "add 'network:', or leave 'network_peer' out");
        }
        // Releases that get the same layers share them: making them is most of the work.
        Map<ReleaseLayers, Layered> layered = new LinkedHashMap<>();
        List<TestCase> cases = new ArrayList<>();
        for (ReleaseBase base : bases) {
            ReleaseLayers release = layersOf(definition, base);
            Layered own = layered.get(release);
            if (own == null) {
                // What is wrong with the configuration is so on every release, and said once.
                Problems found =
                        layered.isEmpty() ? problems : defaults.installer().problems();
                List<ConfigLayer> all = layers.of(
                        root,
                        machine.firmware() == Firmware.UEFI,
                        release,
                        TestCase.kernelPackage(definition, given.vmtest()));
                own = new Layered(all, InstallConfig.read(withOwnKey(ConfigLayers.merge(all), given), found));
                validate(own.config(), machine, found);
                layered.put(release, own);
            }
            cases.add(testCase(definition, base, own, machine));
        }
        return cases;
    }

    private MapValue forArchitecture(MapValue config, Problems problems) {
        return defaults.hostArchitecture() == Architecture.PPC64EL ? PrepPartition.addTo(config, problems) : config;
    }

    private ReleaseLayers layersOf(TestDefinition definition, ReleaseBase base) {
        KnownRelease target =
                ReleaseTable.find(TestCase.target(definition, base).release()).orElse(base.target());
        return ReleaseLayers.of(base, target, defaults.support().isInDevelopment(target));
    }

    /** Hold what the releases have in common that get the same layers. */
    private record Layered(List<ConfigLayer> layers, InstallConfig config) {}

    private static List<ReleaseBase> bases(InstallConfig config, List<String> releases, Problems problems) {
        List<ReleaseBase> bases = new ArrayList<>();
        for (String release : releases) {
            Optional<ReleaseBase> base = ReleaseTable.base(release);
            base.ifPresent(bases::add);
            if (base.isEmpty()) {
                problems.add(
                        config.location(),
                        "no release is called '" + release + "'",
                        ("'vmtest releases' lists them; " + Suggestion.didYouMean(release, ReleaseTable.baseNames()))
                                .replaceFirst("; $", ""));
            }
        }
        return bases;
    }

    /** Return the name of the installer under test. */
    public String installerName() {
        return defaults.installer().name();
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
        config.checkBoot(uefi, problems);
        Placed<SourceKind> made = config.vmtest().source();
        if (made != null && !config.sources().isEmpty()) {
            problems.add(
                    made.location(),
                    "vmtest: 'source' makes a source, and the configuration names others under 'sources:'",
                    "leave one of them out");
        }
        config.grub().warnWhereStorageDecides(storage, problems);
        DiskSizes.check(storage, machine, MachineNeeds.of(config), problems);
        DiskIdentities.check(config, machine, problems);
        defaults.installer().check(config, uefi, problems);
    }

    private void validateTarget(
            TestDefinition definition, InstallConfig config, List<ReleaseBase> bases, Problems problems) {
        TestDefinition.InstallTarget target = definition.target();
        if (!TargetSource.isKnown(target.fileType())) {
            problems.add(
                    config.location(),
                    definition.name() + ": a target of type '" + target.fileType() + "' cannot be installed",
                    "take one of: " + TargetSource.known());
        }
        if (!target.release().isEmpty() && ReleaseTable.find(target.release()).isEmpty()) {
            problems.add(
                    config.location(),
                    definition.name() + ": no release is called '" + target.release() + "'",
                    "'vmtest releases' lists them");
        }
        Stream.concat(definition.supportedReleases().stream(), config.vmtest().supportedReleases().stream())
                .filter(name -> ReleaseTable.find(name).isEmpty())
                .forEach(name -> problems.add(
                        config.vmtest().location(),
                        definition.name() + ": no release is called '" + name + "', so it cannot be supported",
                        "'vmtest releases' lists them"));
        boolean isCopy = bases.stream()
                .filter(ReleaseBase::installsItself)
                .allMatch(base -> TargetSource.isLiveRoot(base, TestCase.target(definition, base)));
        if (!isCopy) {
            defaults.installer()
                    .objectionToOtherTargets()
                    .ifPresent(objection -> problems.add(config.location(), definition.name() + ": " + objection, ""));
        }
    }

    /** Only images that are built here come with another renderer than the release's own. */
    private void validateRenderer(
            TestDefinition definition, InstallConfig config, List<ReleaseBase> bases, Problems problems) {
        String asked = definition.target().renderer();
        if (!asked.isEmpty() && Renderer.of(asked).isEmpty()) {
            problems.add(
                    config.location(),
                    definition.name() + ": no renderer is called '" + asked + "'",
                    "take one of: "
                            + Arrays.stream(Renderer.values())
                                    .map(Renderer::text)
                                    .collect(Collectors.joining(", ")));
        }
        Placed<Renderer> written = config.vmtest().renderer();
        for (ReleaseBase base : bases) {
            Renderer renderer = renderer(definition, config.vmtest(), base);
            if (!base.isBuilt() && renderer != base.target().renderer()) {
                problems.add(
                        written == null ? config.location() : written.location(),
                        definition.name() + ": images of " + base.name() + " are mirrored and have "
                                + base.target().renderer() + ", not " + renderer,
                        "take a release that is built here: " + String.join(", ", ReleaseTable.usualNames()));
            }
            StorageConfig storage = config.storage();
            if (base.isBuilt() && renderer != Renderer.IFUPDOWN && storage != null && storage.hasPool()) {
                problems.add(
                        written == null ? config.location() : written.location(),
                        definition.name() + ": the image with ZFS, which the pool needs, has " + Renderer.IFUPDOWN
                                + ", not " + renderer,
                        "leave out the renderer, or the pool");
            }
        }
    }

    private TestCase testCase(TestDefinition definition, ReleaseBase base, Layered layered, MachineSpec machine) {
        InstallConfig config = layered.config();
        VmtestSection section = config.vmtest();
        return new TestCase(
                definition,
                base.name(),
                layered.layers(),
                config,
                machine,
                renderer(definition, section, base),
                defaults.installer(),
                timeout(definition.installTimeout(), section.installTimeout(), defaults.installTimeout()),
                timeout(definition.bootTimeout(), section.bootTimeout(), defaults.bootTimeout()),
                defaults.knownIssues()
                        .concerning(
                                definition.name(),
                                base.name(),
                                defaults.installer().name(),
                                renderer(definition, section, base).text()),
                skipReason(definition, section, base),
                new Reproduction(defaults.installer(), defaults.fidelity(), Path.of("")).of(definition, base.name()));
    }

    /** Return what a class asks for, or else its configuration; or else what is usual. */
    private Renderer renderer(TestDefinition definition, VmtestSection section, ReleaseBase base) {
        return Renderer.of(definition.target().renderer())
                .or(() -> Optional.ofNullable(section.renderer()).map(Placed::value))
                .orElse(base.isBuilt() ? defaults.renderer() : base.target().renderer());
    }

    private String skipReason(TestDefinition definition, VmtestSection section, ReleaseBase base) {
        String arch = defaults.hostArchitecture().debianName();
        if (definition.skippedArchitectures().contains(arch)) {
            return "not for a host of architecture " + arch;
        }
        List<String> supported = Stream.concat(
                        definition.supportedReleases().stream(), section.supportedReleases().stream())
                .toList();
        Optional<String> unusable = defaults.support()
                .reasonToSkip(base, arch, supported)
                .or(() -> ReleaseTable.find(definition.target().release())
                        .flatMap(target -> defaults.support().reasonToSkip(target, arch, supported)));
        if (unusable.isPresent()) {
            return unusable.get();
        }
        Optional<KnownIssue> skipped = defaults.knownIssues()
                .skipped(
                        definition.name(),
                        base.name(),
                        defaults.installer().name(),
                        renderer(definition, section, base).text());
        if (skipped.isPresent()) {
            return "CURTIN_VMTEST_SKIP_BY_DATE_BUGS names " + skipped.get();
        }
        return defaults.installer().objectionTo(base).orElse("");
    }

    private static Duration timeout(@Nullable Duration written, @Nullable Integer configured, Duration otherwise) {
        if (written != null) {
            return written;
        }
        return configured == null ? otherwise : Duration.ofSeconds(configured);
    }
}
