package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.FileTree;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play tests that boot what was installed twice. */
class SecondBootTests {

    private final PlayedRun played;

    SecondBootTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @BeforeEach
    void askForASecondBoot() {
        played.yaml = played.yaml + "vmtest: {second_boot: true}\n";
    }

    @Test
    void theChecksAreHeldAfterEachBoot() throws IOException {
        TestResult result = played.run();
        assertThat(result.evidence().summary()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        PlayedRun.assertPhases(result, "prepare", "install", "boot", "collect", "second-boot", "collect", "check");
        assertThat(played.guest.boots()).containsExactly("output_disk.img", "output_disk-second-boot.img");
        List<String> again = names(result, true);
        assertThat(again).isNotEmpty();
        assertThat(names(result, false)).containsAll(again);
        Workspace workspace = workspace(result);
        assertThat(workspace.collect(InstalledBoot.SECOND)).isNotEmptyDirectory();
        assertThat(Files.readString(
                        workspace.bootSeedDirectory(InstalledBoot.SECOND).resolve("meta-data")))
                .as("the machine is the same to cloud-init")
                .isEqualTo(Files.readString(workspace.bootSeedDirectory().resolve("meta-data")));
        assertThat(Files.readString(
                        workspace.bootSeedDirectory(InstalledBoot.SECOND).resolve("user-data")))
                .contains("text/x-shellscript-per-boot", "systemctl --no-block poweroff")
                .doesNotContain("text/cloud-config");
    }

    @Test
    void whatIsOnlyRightAtTheFirstBootFails() throws IOException {
        played.guest.betweenBoots(() -> played.system.removeLines("proc-swaps", "/dev/vda3"));
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.checks().stream().filter(CheckRecord::hasFailed).map(CheckRecord::name))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("second boot: "));
    }

    @Test
    void aMachineThatDoesNotComeBackFails() throws IOException {
        played.guest.secondBootEnd(PlayedRun.TIMED_OUT);
        TestResult result = played.run();
        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(result.evidence().summary()).startsWith("the installed system did not finish its second boot: ");
        assertThat(result.evidence().log()).isEqualTo("logs/second-boot-serial.log");
        PlayedRun.assertPhases(result, "prepare", "install", "boot", "collect", "second-boot");
    }

    @Test
    void keptFactsOfBothBootsAreJudgedAgain() throws IOException {
        TestResult first = played.run();
        assertThat(played.objection()).isEmpty();
        assertThat(names(played.reuse(), true)).isEqualTo(names(first, true));
        FileTree.delete(workspace(first).collect(InstalledBoot.SECOND));
        assertThat(played.objection()).contains("collect-second-boot was not kept");
    }

    private Workspace workspace(TestResult result) {
        return new Workspace(played.topdir.resolve(result.directory()));
    }

    /** Return the names of the checks of one boot, without what tells them apart. */
    private static List<String> names(TestResult result, boolean second) {
        return result.checks().stream()
                .map(CheckRecord::name)
                .filter(name -> name.startsWith("second boot: ") == second)
                .map(name -> name.replace("second boot: ", ""))
                .toList();
    }
}
