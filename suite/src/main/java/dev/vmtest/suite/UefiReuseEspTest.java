package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An EFI system partition with an earlier boot loader that is used again. */
@VmTest(config = "uefi_reuse_esp.yaml", uefi = true)
class UefiReuseEspTest {

    @Test
    @DisplayName("the firmware has one boot entry for each loader")
    void theFirmwareHasOneEntryForEachLoader(Facts facts) {
        assertThat(facts.lines("efibootmgr.out"))
                .filteredOn(line -> line.toLowerCase(java.util.Locale.ROOT).matches("boot[0-9a-f]{4}.*\\bdebian\\b.*"))
                .hasSize(1);
    }
}
