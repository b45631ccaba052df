package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.DebianPackage;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A table of kernels and the package that it names for the one that runs; a stage of the configuration's own. */
@VmTest(config = "kernel_mapping.yaml", releases = "bookworm")
class KernelMappingTest {

    @Test
    @DisplayName("no package of a row for another kernel or another release is installed")
    void noDecoyIsInstalled(Facts facts) {
        assertThat(facts.packages().values())
                .filteredOn(found -> found.name().startsWith("linux-cloud-amd64-"))
                .extracting(DebianPackage::name)
                .containsExactly("linux-cloud-amd64-mine");
    }
}
