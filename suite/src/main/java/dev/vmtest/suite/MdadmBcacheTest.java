package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Cached devices over an array, a partition and a partition of another disk, two with one cache. */
@VmTest(
        config = "mdadm_bcache.yaml",
        extraDisks = {"4G", "4G", "4G", "4G", "4G"})
class MdadmBcacheTest {

    @Test
    @DisplayName("each device has its own cache mode")
    void theModesAreThoseAskedFor(Facts facts) {
        assertThat(facts.stacks().bcaches())
                .extracting(bcache -> bcache.cacheMode())
                .containsExactlyInAnyOrder("writeback", "writethrough", "writearound");
    }
}
