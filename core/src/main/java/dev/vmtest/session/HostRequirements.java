package dev.vmtest.session;

import dev.vmtest.disk.DiskException;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.qemu.BridgeAccess;
import dev.vmtest.plan.Needs;
import dev.vmtest.release.Architecture;
import dev.vmtest.testcase.TestCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Find everything that a host lacks for running tests, before anything is made.
 *
 * @param environment where programs are looked for
 * @param temporaryDirectory where temporary files go
 * @param images the images of this host
 * @param installer the installer under test
 * @param iscsi the server of tests with iSCSI disks
 * @param disks knows how much room there is
 */
record HostRequirements(
        Map<String, String> environment,
        Path temporaryDirectory,
        Images images,
        Installer installer,
        IscsiOfRun iscsi,
        DiskImages disks) {

    private static final Logger LOG = LoggerFactory.getLogger(HostRequirements.class);

    /**
     * Return everything that is in the way of tests, nothing if they can be run.
     *
     * @param tests the tests that are not skipped
     * @param existing a directory of the file system that the run will write to
     * @param parallel how many tests run at a time
     */
    List<String> obstacles(List<TestCase> tests, Path existing, int parallel) {
        List<String> problems = new ArrayList<>();
        addMissingPrograms(problems);
        addTemporaryDirectory(problems);
        addInstaller(problems);
        addMissingImages(tests, problems);
        problems.addAll(iscsi.obstacles(tests));
        tests.stream()
                .map(TestCase::machine)
                .filter(machine -> machine.firmware() == Firmware.UEFI)
                .map(MachineSpec::architecture)
                .distinct()
                .forEach(architecture -> addFirmware(architecture, problems));
        tests.stream()
                .flatMap(test -> test.machine().nics().stream())
                .map(NicSpec::bridge)
                .distinct()
                .forEach(bridge -> problems.addAll(BridgeAccess.ofHost().obstacles(bridge)));
        addSpace(existing, Math.min(parallel, tests.size()), problems);
        return problems;
    }

    private void addMissingPrograms(List<String> problems) {
        for (HostTool tool : HostTool.missing(HostTool.Purpose.RUN, environment)) {
            problems.add("the program " + tool.program() + " is not installed; install it with 'apt-get install "
                    + tool.debianPackage() + "' ('vmtest doctor' says what else is missing)");
        }
    }

    private void addTemporaryDirectory(List<String> problems) {
        if (!Files.isDirectory(temporaryDirectory) || !Files.isWritable(temporaryDirectory)) {
            problems.add("the directory for temporary files " + temporaryDirectory
                    + " is missing or cannot be written; set TMPDIR to a directory that you can write to");
        }
    }

    /** An installer that does not run here fails every test, so nothing is begun. */
    private void addInstaller(List<String> problems) {
        try {
            LOG.info("the installer under test is {}", installer.version());
        } catch (InstallerException broken) {
            problems.add(String.valueOf(broken.getMessage()));
        }
    }

    private void addMissingImages(List<TestCase> tests, List<String> problems) {
        Set<String> missing = new LinkedHashSet<>();
        for (TestCase test : tests) {
            try {
                InstallImage booted = images.find(test.release(), test.imageNeeds());
                InstallImage target =
                        images.findTarget(test.targetRelease(), test.target().fileType());
                LOG.debug("{} boots {} and installs {}", test.title(), booted.description(), target.description());
            } catch (ImageException absent) {
                missing.add(String.valueOf(absent.getMessage()));
            }
        }
        problems.addAll(missing);
    }

    private static void addFirmware(Architecture architecture, List<String> problems) {
        try {
            var unused = FirmwareFiles.find(architecture);
        } catch (MachineException missing) {
            problems.add(String.valueOf(missing.getMessage()));
        }
    }

    private void addSpace(Path directory, int tests, List<String> problems) {
        try {
            disks.requireFree(directory, Needs.DISK * tests);
        } catch (DiskException full) {
            problems.add(String.valueOf(full.getMessage()));
        }
    }
}
