package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run an installer from outside, and install other systems than the environment's own. */
class ExternalInstallerRunTests {

    private final PlayedRun played;

    ExternalInstallerRunTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void aPackThatIsEmptyIsTroubleOfTheHost() throws IOException {
        played.installer = new CurtinChoice("its-curtin");
        played.processes = new PlayedProcesses.CurtinProcesses("");
        played.infrastructure("'its-curtin pack' ended with exit status 0, but packed nothing", "prepare");
    }

    @Test
    void anExternalInstallerIsJudgedByTheSameChecks() throws IOException {
        played.installer = new CurtinChoice("its-curtin");
        played.processes = new PlayedProcesses.CurtinProcesses("#!/bin/sh\n");
        played.guest.events(FakeGuest.STARTED_EVENT, FakeGuest.STAGE_EVENT, FakeGuest.finishedBy("99.1"));
        TestResult result = played.run();
        assertThat(result.checks()).filteredOn(CheckRecord::hasFailed).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.installer()).isEqualTo("curtin");
        assertThat(played.topdir.resolve("Layout-bookworm/install/payload")).hasContent("#!/bin/sh");
        assertThat(played.topdir.resolve("Layout-bookworm/install/pack.log"))
                .content()
                .containsSubsequence("10-test.yaml", "20-defaults.yaml", "90-reporting.yaml", "cp:///media/root-ro");
    }

    @Test
    void theImageOfAnotherReleaseIsHandedOut() throws IOException {
        Path squashfs = Files.writeString(played.directory.resolve("squashfs"), "a root");
        played.images = release -> new InstallImage(
                "debian",
                release,
                "amd64",
                "generic",
                "1",
                "",
                Stream.of("boot-kernel", "boot-initrd", "squashfs")
                        .map(ftype -> new ImageFile(ftype, squashfs, 1, "0".repeat(64)))
                        .toList());
        played.installer = new CurtinChoice("its-curtin");
        played.processes = new PlayedProcesses.CurtinProcesses("#!/bin/sh\n");
        played.target = new TestDefinition.InstallTarget("trixie", "squashfs");
        played.run();
        assertThat(played.topdir.resolve("Layout-bookworm/install/pack.log"))
                .content()
                .containsPattern("fsimage:http://10\\.0\\.2\\.2:\\d+/[0-9a-f]+/target/squashfs");
    }

    @Test
    void anImageWithoutTheFileToInstallIsTroubleOfTheHost() throws IOException {
        played.installer = new CurtinChoice("its-curtin");
        played.processes = new PlayedProcesses.CurtinProcesses("#!/bin/sh\n");
        played.target = new TestDefinition.InstallTarget("", "root-tgz");
        played.infrastructure("has no root-tgz to install", "prepare");
    }

    @Test
    void theBuiltInInstallerRefusesATargetThatItCannotCopy() {
        played.target = new TestDefinition.InstallTarget("trixie", "squashfs");
        assertThatThrownBy(() -> played.run()).hasMessageContaining("installs only a copy of its install environment");
        played.target = new TestDefinition.InstallTarget("", "root.img");
        assertThatThrownBy(() -> played.run()).hasMessageContaining("a target of type 'root.img' cannot be installed");
    }
}
