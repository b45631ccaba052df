package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The layout of {@link BasicTest} on SCSI disks that are found by their world wide names. */
@VmTest(
        config = "basic_scsi.yaml",
        diskDriver = "scsi-hd",
        extraDisks = {"15G", "20G", "25G"})
class BasicScsiTest {

    @Test
    @DisplayName("the disks are SCSI disks with their world wide names")
    void theDisksAreScsiDisks(Facts facts) {
        for (String wwn :
                new String[] {"0x39cc071e72c64cc4", "0x2222222222222222", "0x22dc58dc023c7008", "0x550a270c3a5811c5"}) {
            assertThat(facts.diskByWwn(wwn))
                    .as(wwn)
                    .isPresent()
                    .hasValueSatisfying(disk -> assertThat(disk.kernelName()).startsWith("sd"));
        }
    }
}
