package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Partitions that are used again after an array whose other half is lost. */
@VmTest(config = "reuse-raid-member-wipe-partition.yaml", uefi = true, extraDisks = "10G")
class ReuseRaidMemberPartitionTest {

    @Test
    @DisplayName("the root is on the partition, and nothing of the old stack is left")
    void nothingOfTheOldStackIsLeft(Facts facts) {
        ReusedPartition.assertRoot(facts);
    }
}
