package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A UEFI machine with an EFI system partition, on disks that carry old partition tables. */
@VmTest(
        config = "uefi_basic.yaml",
        uefi = true,
        extraDisks = {"4G"})
class UefiBasicTest {

    @Test
    @DisplayName("the system booted by UEFI")
    void theSystemBootedByUefi(Facts facts) {
        assertThat(facts.bootMode()).isEqualTo(BootMode.UEFI);
    }

    @Test
    @DisplayName("the disks have 512 byte blocks")
    void theDisksHaveSmallBlocks(Facts facts) {
        assertThat(facts.diskBySerial("disk-a")).hasValueSatisfying(disk -> {
            assertThat(disk.logicalSectorSize()).isEqualTo(512);
            assertThat(disk.physicalSectorSize()).isEqualTo(512);
        });
    }
}
