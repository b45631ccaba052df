package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A cached root and a cached data disk with a partition of an NVMe disk as their cache. */
@VmTest(config = "nvme_bcache.yaml", uefi = true, extraDisks = "10G", nvmeDisks = "6G")
class NvmeBcacheTest {

    @Test
    @DisplayName("both devices are cached in writeback mode")
    void theModesAreThoseAskedFor(Facts facts) {
        assertThat(facts.stacks().bcaches())
                .extracting(bcache -> bcache.cacheMode())
                .containsExactlyInAnyOrder("writeback", "writeback");
    }

    @Test
    @DisplayName("the cache is a partition of the NVMe disk")
    void theCacheIsOnTheNvmeDisk(Facts facts) {
        String disk = facts.diskBySerial("nvme-a").orElseThrow().kernelName();
        assertThat(disk).matches("nvme[0-9]+n1");
        assertThat(facts.stacks().bcacheSuperblocks())
                .filteredOn(superblock -> !superblock.backing())
                .singleElement()
                .satisfies(cache -> assertThat(cache.device()).isEqualTo(disk + "p1"));
    }
}
