package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two NVMe disks beside the one with the system. */
@VmTest(
        config = "nvme.yaml",
        nvmeDisks = {"4G", "4G"})
class NvmeTest {

    @Test
    @DisplayName("both disks are NVMe namespaces")
    void bothDisksAreNvme(Facts facts) {
        assertThat(facts.diskBySerial("nvme-a").orElseThrow().kernelName()).matches("nvme[0-9]+n1");
        assertThat(facts.diskBySerial("nvme-b").orElseThrow().kernelName()).matches("nvme[0-9]+n1");
        assertThat(facts.mount("/srv").orElseThrow().source())
                .isEqualTo("/dev/" + facts.diskBySerial("nvme-a").orElseThrow().kernelName() + "p2");
    }
}
