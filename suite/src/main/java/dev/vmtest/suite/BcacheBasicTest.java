package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a bcache device with a whole disk as its cache. */
@VmTest(
        config = "bcache_basic.yaml",
        extraDisks = {"2G"},
        extraCollectScripts = CachedRoot.COLLECT_MODE)
class BcacheBasicTest {

    @Test
    @DisplayName("the root is a bcache device of the partition, in writeback mode")
    void theRootIsTheBcacheDevice(Facts facts) {
        CachedRoot.assertRoot(facts);
    }
}
