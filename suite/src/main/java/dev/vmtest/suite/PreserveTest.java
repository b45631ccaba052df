package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A disk whose partitions stay, one of them with its data. */
@VmTest(config = "preserve.yaml", uefi = true)
class PreserveTest {

    @Test
    @DisplayName("root and data are on the partitions that were there")
    void rootAndDataAreOnTheEarlierPartitions(Facts facts) {
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/" + disk + "2");
        assertThat(facts.mount("/srv").orElseThrow().source()).isEqualTo("/dev/" + disk + "3");
    }
}
