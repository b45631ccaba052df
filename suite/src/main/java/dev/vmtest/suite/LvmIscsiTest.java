package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FstabEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Volume groups on iSCSI disks. */
@VmTest(
        config = "lvm_iscsi.yaml",
        extraCollectScripts = "for number in 1 2 3 4; do cp /mnt/iscsi$number/testfile testfile$number; done")
class LvmIscsiTest {

    @Test
    @DisplayName("the files that the installer wrote are on the volumes")
    void theFilesAreOnTheVolumes(Facts facts) {
        for (int number = 1; number <= 4; number++) {
            assertThat(facts.lines("testfile" + number)).containsExactly("test" + number);
        }
    }

    @Test
    @DisplayName("the volumes are mounted once the network is there")
    void theVolumesWaitForTheNetwork(Facts facts) {
        assertThat(facts.fstab())
                .filteredOn(entry -> entry.path().startsWith("/mnt/iscsi"))
                .hasSize(4)
                .extracting(FstabEntry::options)
                .containsOnly("defaults,_netdev");
    }
}
