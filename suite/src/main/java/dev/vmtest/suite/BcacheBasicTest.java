package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a bcache device with a whole disk as its cache. */
@VmTest(
        config = "bcache_basic.yaml",
        extraDisks = {"2G"},
        extraCollectScripts = {
            "cat /sys/class/block/$(basename $(findmnt -n -o SOURCE /))/bcache/cache_mode > root-cache-mode"
        })
class BcacheBasicTest {

    @Test
    @DisplayName("the root is a bcache device of the partition, in writeback mode")
    void theRootIsTheBcacheDevice(Facts facts) {
        String root = facts.mount("/").orElseThrow().source();
        assertThat(root).startsWith("/dev/bcache");
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(facts.device(root.substring("/dev/".length())).orElseThrow().parents())
                .contains(disk + "2");
        assertThat(facts.text("root-cache-mode")).contains("[writeback]");
    }
}
