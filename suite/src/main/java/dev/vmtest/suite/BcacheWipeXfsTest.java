package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bcache device over the hidden remains of an earlier one. */
@VmTest(config = "bcache-wipe-xfs.yaml", extraDisks = "10G")
class BcacheWipeXfsTest {

    @Test
    @DisplayName("there is one cache set, in the default mode")
    void theModesAreThoseAskedFor(Facts facts) {
        assertThat(facts.stacks().bcaches())
                .extracting(bcache -> bcache.cacheMode())
                .containsExactlyInAnyOrder("writethrough");
    }

    @Test
    @DisplayName("the data is on the cached device")
    void theDataIsOnTheCachedDevice(Facts facts) {
        assertThat(facts.mount("/var/lib/ceph-bcache/test-disk").orElseThrow().source())
                .matches("/dev/bcache[0-9]+");
    }
}
