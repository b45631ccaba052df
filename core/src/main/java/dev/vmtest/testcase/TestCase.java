package dev.vmtest.testcase;

import dev.vmtest.config.MapValue;
import dev.vmtest.image.ImageNeeds;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installconfig.VmtestSection;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.knownissues.KnownIssue;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.Renderer;
import dev.vmtest.result.Announced;
import dev.vmtest.storage.StorageConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Hold one test on one release, complete and checked: nothing about it is left to find out but what
 * the machines do.
 *
 * @param definition what its author wrote
 * @param release the name of the release base: the install environment with its kernel, and what it installs unless
 *     the definition says otherwise
 * @param layers every configuration layer, first to last, without what only a run knows
 * @param config all of them merged, as typed sections
 * @param machine the machine that both boots use
 * @param renderer what configures the network of the installed system
 * @param installer the installer under test
 * @param installTimeout how long the install may take, before scaling
 * @param bootTimeout how long the first boot may take, before scaling
 * @param knownIssues the known issues that speak of it
 * @param skipReason why it is not run, or empty
 * @param reproduce a command line that runs it again
 */
public record TestCase(
        TestDefinition definition,
        String release,
        List<ConfigLayer> layers,
        InstallConfig config,
        MachineSpec machine,
        Renderer renderer,
        InstallerChoice installer,
        Duration installTimeout,
        Duration bootTimeout,
        List<KnownIssue> knownIssues,
        String skipReason,
        String reproduce) {

    public TestCase {
        layers = List.copyOf(layers);
        knownIssues = List.copyOf(knownIssues);
    }

    /** Return this test with other configuration layers, and all of them merged. */
    public TestCase with(List<ConfigLayer> otherLayers, InstallConfig otherConfig) {
        return with(otherLayers, otherConfig, machine);
    }

    /** Return whether its author says how many virtual CPUs its machine has. */
    public boolean namesProcessors() {
        return definition.machine().cpus() != 0 || config.vmtest().cpus() != null;
    }

    /** Return this test on another machine. */
    public TestCase with(MachineSpec other) {
        return with(layers, config, other);
    }

    private TestCase with(List<ConfigLayer> otherLayers, InstallConfig otherConfig, MachineSpec otherMachine) {
        return new TestCase(
                definition,
                release,
                otherLayers,
                otherConfig,
                otherMachine,
                renderer,
                installer,
                installTimeout,
                bootTimeout,
                knownIssues,
                skipReason,
                reproduce);
    }

    /** Return whether the run must serve iSCSI disks to it. */
    public boolean needsIscsi() {
        return !MachineNeeds.of(config).iscsi().isEmpty();
    }

    /** Return whether somebody is at the other end of its network at the first boot. */
    public boolean hasPeer() {
        return hasPeer(definition, config.vmtest());
    }

    /** Return whether a class asks for a peer, or else its configuration. */
    static boolean hasPeer(TestDefinition definition, VmtestSection section) {
        return definition.machine().networkPeer() || Boolean.TRUE.equals(section.networkPeer());
    }

    /** Return the name of the test without its release. */
    public String name() {
        return definition.name();
    }

    /** Return the name under which reports show it. */
    public String title() {
        return name() + " [" + release + "]";
    }

    /** Return all layers in one. */
    public MapValue merged() {
        return ConfigLayers.merge(layers);
    }

    /** Return the name of the installer under test, as results record it. */
    public String installerName() {
        return installer.name();
    }

    /** Return the code name of the release that is installed. */
    public String targetRelease() {
        return target().release();
    }

    /** Return the install environment, its kernel, and what it installs unless the definition says otherwise. */
    public ReleaseBase base() {
        return Releases.base(release);
    }

    /** Return what is installed: what the definition says, and where it says nothing what the release base is for. */
    public TestDefinition.InstallTarget target() {
        return target(definition, base());
    }

    /** Return what the image must have that it boots and installs: also ZFS, where its storage section has a pool. */
    public ImageNeeds imageNeeds() {
        StorageConfig storage = config.storage();
        return new ImageNeeds(renderer, storage != null && storage.hasPool());
    }

    /** Return the kernel package that its author asks for, or empty for the usual one. */
    public String kernelPackage() {
        return kernelPackage(definition, config.vmtest());
    }

    /** Return the kernel package that a class asks for, or else its configuration. */
    static String kernelPackage(TestDefinition definition, VmtestSection section) {
        String written = definition.target().kernelPackage();
        return written.isEmpty() ? Objects.requireNonNullElse(section.targetKernelPackage(), "") : written;
    }

    /** Return what a definition installs on a release base. */
    static TestDefinition.InstallTarget target(TestDefinition definition, ReleaseBase base) {
        TestDefinition.InstallTarget written = definition.target();
        if (!written.release().isEmpty()) {
            return written;
        }
        KnownRelease target = base.target();
        return new TestDefinition.InstallTarget(
                target.codename(),
                base.installsItself() ? written.fileType() : target.fileType(),
                written.kernelPackage(),
                written.renderer());
    }

    /** Return the name of its directory below the topdir. */
    public String directoryName() {
        return name().replaceAll("[^A-Za-z0-9._-]", "-") + "-" + release;
    }

    /** Return how results name it. */
    public Announced announced() {
        return new Announced(name(), release(), installerName(), directoryName(), reproduce());
    }
}
