package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every key of the boot loader on a machine with UEFI, and an earlier entry of its firmware. */
@VmTest(config = "uefi_loader.yaml")
class UefiLoaderTest {

    @Test
    @DisplayName("the entry that an earlier system left is gone")
    void theEarlierEntryIsGone(Facts facts) {
        assertThat(facts.text("efibootmgr.out")).doesNotContain("earlier").contains("debian");
    }
}
