package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestOutcome;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An autoinstall file with actions of its own: UEFI, disks found by their sizes, a user with a key. */
@VmTest(
        config = "autoinstall.yaml",
        extraCollectScripts = "stat -c '%U:%a' /home/someone /etc/sudoers.d/someone >owners; ls /root >root-files")
class AutoinstallTest {

    @Test
    @DisplayName("the system booted by UEFI")
    void theSystemBootedByUefi(Facts facts) {
        assertThat(facts.bootMode()).isEqualTo(BootMode.UEFI);
    }

    @Test
    @DisplayName("late commands found the user and the target")
    void lateCommandsFoundTheUserAndTheTarget(Facts facts) {
        assertThat(facts.lines("owners")).element(0).asString().startsWith("someone:");
        assertThat(facts.lines("owners")).element(1).isEqualTo("root:440");
    }

    @Test
    @DisplayName("cloud-init ran the file's user-data")
    void cloudInitRanTheUserData(Facts facts) {
        assertThat(facts.lines("root-files")).contains("first-boot");
    }

    @Test
    @DisplayName("what is not done is in the result")
    void whatIsNotDoneIsInTheResult(VmTestOutcome outcome) {
        assertThat(outcome.checks())
                .filteredOn(CheckRecord::isNotJudged)
                .extracting(CheckRecord::message)
                .anyMatch(message -> message.startsWith("not done: snaps: 'etcd'"));
    }
}
