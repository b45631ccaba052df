package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A mirror that was there before, with a new partition table. */
@VmTest(
        config = "partition-existing-raid.yaml",
        uefi = true,
        extraDisks = {"10G", "10G"},
        extraCollectScripts = "blkid -p -o value -s PTTYPE /dev/disk/by-dname/md1 > table")
class PartitionExistingRaidTest {

    @Test
    @DisplayName("the array has a GPT")
    void theArrayHasAGpt(Facts facts) {
        assertThat(facts.lines("table")).containsExactly("gpt");
    }
}
