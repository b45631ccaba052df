package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A whole disk that boots by BIOS. */
@VmTest(config = "source_disk.yaml")
class SourceDiskTest {

    @Test
    @DisplayName("the system booted by BIOS from the only disk")
    void theSystemBooted(Facts facts) {
        assertThat(facts.bootMode()).isEqualTo(BootMode.BIOS);
        assertThat(facts.commandLine()).contains("root=UUID=8d1f4c1a-6b0e-4a57-9c3b-5f1d6a7e2bff");
    }
}
