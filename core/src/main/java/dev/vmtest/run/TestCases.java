package dev.vmtest.run;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installconfig.VmtestSection;
import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.storage.BootRules;
import dev.vmtest.storage.StorageConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
     * @param installer the name of the installer under test
     * @param cpus overrides the number of virtual CPUs, 0 leaves it
     * @param memory overrides the memory in MiB, 0 leaves it
     * @param bridge the bridge of NICs that name none
     * @param installTimeout how long an install may take where the test does not say
     * @param bootTimeout how long a first boot may take where the test does not say
     * @param hostArchitecture Debian's name of the host's architecture
     * @param fidelity how install environments start where a test leaves the choice
     */
    public record Defaults(
            String installer,
            int cpus,
            int memory,
            String bridge,
            Duration installTimeout,
            Duration bootTimeout,
            String hostArchitecture,
            Fidelity fidelity) {

        /** Resume install environments where a test leaves the choice. */
        public Defaults(
                String installer,
                int cpus,
                int memory,
                String bridge,
                Duration installTimeout,
                Duration bootTimeout,
                String hostArchitecture) {
            this(installer, cpus, memory, bridge, installTimeout, bootTimeout, hostArchitecture, Fidelity.RESUME);
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
        List<TestCase> cases = read(definition, releases, own);
        problems.addAll(own);
        return cases;
    }

    private List<TestCase> read(TestDefinition definition, List<String> releases, Problems problems) {
        MapValue root = ConfigFiles.parse(
                definition.config().name(), definition.config().text(), problems);
        InstallConfig config = InstallConfig.read(root, problems);
        BootCloudConfig.parse(definition, problems);
        if (!problems.isEmpty()) {
            return List.of();
        }
        MachineSpec machine = MachineSpecs.of(
                MachineNeeds.of(config),
                definition.machine(),
                new MachineSpecs.Overrides(defaults.cpus(), defaults.memory(), defaults.bridge()));
        validate(config, machine, problems);
        List<TestCase> cases = new ArrayList<>();
        for (String release : releases) {
            cases.add(testCase(definition, release, config, machine));
        }
        return cases;
    }

    private void validate(InstallConfig config, MachineSpec machine, Problems problems) {
        boolean uefi = machine.firmware() == Firmware.UEFI;
        StorageConfig storage = config.effectiveStorage(uefi);
        BootRules.check(storage, uefi, problems);
        DiskSizes.check(storage, machine, problems);
        if (defaults.installer().equals(BuiltinInstaller.NAME)) {
            new BuiltinInstaller().plan(config, uefi, problems);
        }
    }

    private TestCase testCase(TestDefinition definition, String release, InstallConfig config, MachineSpec machine) {
        VmtestSection section = config.vmtest();
        return new TestCase(
                definition,
                release,
                config.forInstaller(),
                config,
                machine,
                defaults.installer(),
                timeout(definition.installTimeout(), section.installTimeout(), defaults.installTimeout()),
                timeout(definition.bootTimeout(), section.bootTimeout(), defaults.bootTimeout()),
                skipReason(definition, release),
                reproduce(definition, release));
    }

    private String skipReason(TestDefinition definition, String release) {
        if (definition.skippedArchitectures().contains(defaults.hostArchitecture())) {
            return "not for a host of architecture " + defaults.hostArchitecture();
        }
        return Releases.names().contains(release)
                ? ""
                : "no release is called '" + release + "'; these are: " + String.join(", ", Releases.names());
    }

    private String reproduce(TestDefinition definition, String release) {
        String test = definition.origin().equals(definition.config().name()) ? definition.origin() : definition.name();
        String installer =
                defaults.installer().equals(BuiltinInstaller.NAME) ? "" : " --installer " + defaults.installer();
        String fidelity = defaults.fidelity() == Fidelity.RESUME
                ? ""
                : " --fidelity " + defaults.fidelity().text();
        return "vmtest run " + test + " --release " + release + installer + fidelity;
    }

    private static Duration timeout(@Nullable Duration written, @Nullable Integer configured, Duration otherwise) {
        if (written != null) {
            return written;
        }
        return configured == null ? otherwise : Duration.ofSeconds(configured);
    }
}
