package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;

/** Hold a root on a partition that was a member of something against what is left of that. */
final class ReusedPartition {

    private ReusedPartition() {}

    /** Assert that the root is the first disk's second partition, and that no array and no volume group is left. */
    static void assertRoot(Facts facts) {
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/" + disk + "2");
        assertThat(facts.stacks().arrays()).isEmpty();
        assertThat(facts.stacks().volumeGroups()).isEmpty();
    }
}
