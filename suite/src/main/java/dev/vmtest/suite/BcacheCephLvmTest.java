package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A cached root, and a volume group on a second cached disk. */
@VmTest(config = "bcache-ceph-nvme-simple.yaml", cpus = 2, uefi = true, extraDisks = "20G", nvmeDisks = "20G")
class BcacheCephLvmTest {

    @Test
    @DisplayName("both devices are cached in writeback mode")
    void theModesAreThoseAskedFor(Facts facts) {
        assertThat(facts.stacks().bcaches())
                .extracting(bcache -> bcache.cacheMode())
                .containsExactlyInAnyOrder("writeback", "writeback");
    }
}
