package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A system from an archive. */
@VmTest(config = "source_archive.yaml")
class SourceArchiveTest {

    @Test
    @DisplayName("the system is the one of the archive")
    void theSystemIsTheArchives(Facts facts) {
        assertThat(facts.text("source/mark")).isEqualTo("tgz\n");
    }
}
