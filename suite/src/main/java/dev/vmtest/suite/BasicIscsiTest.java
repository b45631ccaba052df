package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Disks that come over iSCSI: for everybody, for who logs in, with a target that proves itself. */
@VmTest(
        config = "basic_iscsi.yaml",
        extraCollectScripts = "for number in 1 2 3 4; do cp /mnt/iscsi$number/testfile testfile$number; done")
class BasicIscsiTest {

    @Test
    @DisplayName("the files that the installer wrote are on the iSCSI disks")
    void theFilesAreOnTheDisks(Facts facts) {
        for (int number = 1; number <= 4; number++) {
            assertThat(facts.lines("testfile" + number)).containsExactly("test" + number);
        }
    }

    @Test
    @DisplayName("the machine has logged in to four targets")
    void thereAreFourSessions(Facts facts) {
        assertThat(facts.stacks().iscsiSessions()).hasSize(4);
    }
}
