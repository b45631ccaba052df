package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A raid5 of iSCSI disks. */
@VmTest(config = "mdadm_iscsi.yaml", extraCollectScripts = "cp /mnt/iscsi1/testfile testfile1")
class MdadmIscsiTest {

    @Test
    @DisplayName("the file that the installer wrote is on the array")
    void theFileIsOnTheArray(Facts facts) {
        assertThat(facts.lines("testfile1")).containsExactly("test1");
    }

    @Test
    @DisplayName("every member comes over iSCSI")
    void everyMemberComesOverIscsi(Facts facts) {
        assertThat(facts.stacks().arrays())
                .singleElement()
                .satisfies(array -> assertThat(facts.stacks().iscsiDisks())
                        .extracting(disk -> disk.device())
                        .containsExactlyInAnyOrderElementsOf(array.members()));
    }
}
