package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A disk that is used again after an array whose other half is lost. */
@VmTest(config = "reuse-raid-member-wipe.yaml", uefi = true, extraDisks = "10G")
class ReuseRaidMemberTest {

    @Test
    @DisplayName("the root is on the partition, and nothing of the old stack is left")
    void nothingOfTheOldStackIsLeft(Facts facts) {
        ReusedPartition.assertRoot(facts);
    }
}
