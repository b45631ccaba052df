package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root and swap on partitions of a mirror. */
@VmTest(
        config = "mirrorboot-msdos-partition.yaml",
        extraDisks = {"10G"})
class MirrorbootPartitionsTest {

    @Test
    @DisplayName("the root is the raid1 of 2 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        ArrayRoot.assertRoot(facts, "md0", "raid1", 2);
    }

    @Test
    @DisplayName("the swap is the second partition of the array")
    void theSwapIsThePartitionOfTheArray(Facts facts) {
        String array = facts.link("/dev/disk/by-dname/md0").orElseThrow().target();
        assertThat(facts.swaps()).extracting(swap -> swap.path()).contains("/dev/" + array + "p2");
    }
}
