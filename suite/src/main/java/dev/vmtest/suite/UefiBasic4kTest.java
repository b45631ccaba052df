package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The layout of {@link UefiBasicTest} on disks with 4096 byte blocks. */
@VmTest(
        config = "uefi_basic.yaml",
        uefi = true,
        extraDisks = {"4G"},
        diskBlockSize = 4096)
class UefiBasic4kTest {

    @Test
    @DisplayName("the disks have 4096 byte blocks")
    void theDisksHaveLargeBlocks(Facts facts) {
        assertThat(facts.diskBySerial("disk-a")).hasValueSatisfying(disk -> {
            assertThat(disk.logicalSectorSize()).isEqualTo(4096);
            assertThat(disk.physicalSectorSize()).isEqualTo(4096);
        });
    }
}
