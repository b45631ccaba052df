package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A whole disk that is the only file of an archive. */
@VmTest(config = "source_disk_archive.yaml")
class SourceDiskArchiveTest {

    @Test
    @DisplayName("the system booted from the disk of the archive")
    void theSystemBooted(Facts facts) {
        assertThat(facts.commandLine()).contains("root=UUID=8d1f4c1a-6b0e-4a57-9c3b-5f1d6a7e2bff");
    }
}
