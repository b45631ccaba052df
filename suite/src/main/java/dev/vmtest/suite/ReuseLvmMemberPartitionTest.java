package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Partitions that are used again, one of them half of a striped volume whose other half is lost. */
@VmTest(config = "reuse-lvm-member-partition.yaml", uefi = true, diskDriver = "scsi-hd", extraDisks = "10G")
class ReuseLvmMemberPartitionTest {

    @Test
    @DisplayName("the root is on the partition, and nothing of the old stack is left")
    void nothingOfTheOldStackIsLeft(Facts facts) {
        ReusedPartition.assertRoot(facts);
    }
}
