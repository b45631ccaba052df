package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A root on a bcache device that was there before, beside its old files. */
@VmTest(config = "preserve-bcache.yaml", extraDisks = "2G")
class PreserveBcacheTest {

    @Test
    @DisplayName("the root is the cached device")
    void theRootIsTheCachedDevice(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).matches("/dev/bcache[0-9]+");
    }
}
