package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A cached root beside an array of whole disks. */
@VmTest(
        config = "raid5bcache.yaml",
        extraDisks = {"10G", "10G", "10G", "10G"})
class Raid5BcacheTest {

    @Test
    @DisplayName("the root is cached in writeback mode")
    void theModesAreThoseAskedFor(Facts facts) {
        assertThat(facts.stacks().bcaches())
                .extracting(bcache -> bcache.cacheMode())
                .containsExactlyInAnyOrder("writeback");
    }

    @Test
    @DisplayName("the root is the cached device")
    void theRootIsTheCachedDevice(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).matches("/dev/bcache[0-9]+");
    }
}
