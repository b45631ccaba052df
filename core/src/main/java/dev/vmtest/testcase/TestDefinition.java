package dev.vmtest.testcase;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what an author wrote about a test, before it is known for which release it runs.
 *
 * @param name the name of the test, also of its directory
 * @param origin where it is written: a class name or a file
 * @param config the configuration to install
 * @param releases the releases it is for
 * @param machine what it wants of its machine
 * @param kernelArguments arguments added to the install boot
 * @param installTimeout how long the install may take before scaling, or null for the default
 * @param bootTimeout how long the first boot may take before scaling, or null for the default
 * @param bootCloudConfig cloud-config added to the first boot, or empty
 * @param collectScripts shell that runs on the installed system, in the directory that is collected
 * @param skippedArchitectures host architectures on which it is skipped
 * @param supportedReleases code names of releases on which it is run even if their support has ended
 * @param target what is installed
 */
public record TestDefinition(
        String name,
        String origin,
        ConfigSource config,
        List<String> releases,
        MachineSettings machine,
        List<String> kernelArguments,
        @Nullable Duration installTimeout,
        @Nullable Duration bootTimeout,
        String bootCloudConfig,
        List<String> collectScripts,
        List<String> skippedArchitectures,
        List<String> supportedReleases,
        InstallTarget target) {

    public TestDefinition {
        releases = List.copyOf(releases);
        kernelArguments = List.copyOf(kernelArguments);
        collectScripts = List.copyOf(collectScripts);
        skippedArchitectures = List.copyOf(skippedArchitectures);
        supportedReleases = List.copyOf(supportedReleases);
    }

    /**
     * Say what is installed.
     *
     * @param release its release; empty for the one of the install environment
     * @param fileType the file of its image: {@code squashfs}, {@code root-tgz} or {@code root-image.xz}
     * @param kernelPackage the package of its kernel; empty for the usual one
     * @param renderer what configures its network; empty for what its configuration says, or else the usual one
     */
    public record InstallTarget(String release, String fileType, String kernelPackage, String renderer) {

        /** Install the usual kernel and what usually configures the network. */
        public InstallTarget(String release, String fileType) {
            this(release, fileType, "", "");
        }

        /** Install a copy of the install environment. */
        public static final InstallTarget SAME = new InstallTarget("", TargetSource.SQUASHFS);
    }

    /** The package of the classes that {@code vmtest run} finds by name. */
    public static final String SUITE_PACKAGE = "dev.vmtest.suite";

    /** Return whether it is nothing but a configuration file. */
    public boolean isFile() {
        return origin.equals(config.name());
    }

    /** Return whether it is a class of the suite, not of somebody's own project. */
    public boolean isOfSuite() {
        return !isFile() && origin.startsWith(SUITE_PACKAGE + ".");
    }

    /** Return this definition for other releases. */
    public TestDefinition forReleases(List<String> others) {
        return new TestDefinition(
                name,
                origin,
                config,
                others,
                machine,
                kernelArguments,
                installTimeout,
                bootTimeout,
                bootCloudConfig,
                collectScripts,
                skippedArchitectures,
                supportedReleases,
                target);
    }

    /** Define a test by nothing but its configuration. */
    public static TestDefinition ofConfig(String name, ConfigSource config, List<String> releases) {
        return new TestDefinition(
                name,
                config.name(),
                config,
                releases,
                MachineSettings.INFERRED,
                List.of(),
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                InstallTarget.SAME);
    }
}
