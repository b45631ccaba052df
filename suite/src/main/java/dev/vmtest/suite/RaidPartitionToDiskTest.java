package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A mirror of whole disks in place of one of partitions, with the root on a partition of it. */
@VmTest(
        config = "raid-partition-to-disk.yaml",
        uefi = true,
        extraDisks = {"10G", "10G"})
class RaidPartitionToDiskTest {

    @Test
    @DisplayName("the root is a partition of the array of two whole disks")
    void theRootIsAPartitionOfTheArray(Facts facts) {
        String array = facts.link("/dev/disk/by-dname/md1").orElseThrow().target();
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/" + array + "p1");
        assertThat(facts.device(array).orElseThrow().parents())
                .containsExactlyInAnyOrder(
                        facts.diskBySerial("disk-b").orElseThrow().kernelName(),
                        facts.diskBySerial("disk-c").orElseThrow().kernelName());
    }
}
