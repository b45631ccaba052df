package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A system from the image of a file system. */
@VmTest(config = "source_file_system.yaml")
class SourceFileSystemTest {

    @Test
    @DisplayName("the system is the one of the file system's image")
    void theSystemIsTheImages(Facts facts) {
        assertThat(facts.text("source/mark")).isEqualTo("fsimage\n");
    }
}
