package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The automatic layout as {@code block-meta} wants it: in a GPT, with a partition for the kernel. */
@VmTest(config = "simple_boot_partition.yaml")
class SimpleBootPartitionTest {

    @Test
    @DisplayName("one file system has the label and the type of the one for the kernel")
    void theFileSystemForTheKernel(Facts facts) {
        assertThat(facts.fileSystems().values())
                .filteredOn(found -> "kernels".equals(found.label()))
                .singleElement()
                .satisfies(found -> assertThat(found.type()).isEqualTo("ext2"));
    }
}
