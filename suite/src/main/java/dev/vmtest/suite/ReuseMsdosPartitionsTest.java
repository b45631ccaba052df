package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Primary, extended and logical partitions that stay, with the root in the first. */
@VmTest(config = "reuse-msdos-partitions.yaml")
class ReuseMsdosPartitionsTest {

    @Test
    @DisplayName("the root is on the partition, and nothing of the old stack is left")
    void nothingOfTheOldStackIsLeft(Facts facts) {
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/" + disk + "1");
        assertThat(facts.stacks().arrays()).isEmpty();
        assertThat(facts.stacks().volumeGroups()).isEmpty();
    }
}
