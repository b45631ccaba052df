package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same disk, compressed, on a machine that boots by UEFI, and knows no entry of it. */
@VmTest(config = "source_disk_xz.yaml", uefi = true)
class SourceDiskUefiTest {

    @Test
    @DisplayName("the system booted by UEFI from the only disk")
    void theSystemBooted(Facts facts) {
        assertThat(facts.bootMode()).isEqualTo(BootMode.UEFI);
        assertThat(facts.commandLine()).contains("root=UUID=8d1f4c1a-6b0e-4a57-9c3b-5f1d6a7e2bff");
    }
}
