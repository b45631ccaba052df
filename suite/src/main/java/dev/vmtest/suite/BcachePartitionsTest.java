package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two bcache devices with one cache, one of them partitioned. */
@VmTest(
        config = "bcache-partitions.yaml",
        extraDisks = {"10G", "10G"},
        extraCollectScripts = CachedRoot.COLLECT_MODE)
class BcachePartitionsTest {

    @Test
    @DisplayName("the root is a bcache device of the partition, in writeback mode")
    void theRootIsTheBcacheDevice(Facts facts) {
        CachedRoot.assertRoot(facts);
    }

    @Test
    @DisplayName("the second device has four partitions, one of them mounted")
    void theSecondDeviceHasFourPartitions(Facts facts) {
        String data = facts.mount("/srv").orElseThrow().source();
        assertThat(data).matches("/dev/bcache[0-9]+p2");
        String device = data.substring("/dev/".length(), data.length() - 2);
        assertThat(facts.devices())
                .filteredOn(other -> other.parents().contains(device))
                .hasSize(4);
    }
}
