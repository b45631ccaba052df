package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;

/** Hold a root on a bcache device against what its test says of it. */
final class CachedRoot {

    private CachedRoot() {}

    /** Collects how the root is cached, for {@link #assertRoot}. */
    static final String COLLECT_MODE =
            "cat /sys/class/block/$(basename $(findmnt -n -o SOURCE /))/bcache/cache_mode > root-cache-mode";

    /** Assert that the root is a bcache device of the first disk's second partition, in writeback mode. */
    static void assertRoot(Facts facts) {
        String root = facts.mount("/").orElseThrow().source();
        assertThat(root).startsWith("/dev/bcache");
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(facts.device(root.substring("/dev/".length())).orElseThrow().parents())
                .contains(disk + "2");
        assertThat(facts.text("root-cache-mode")).contains("[writeback]");
    }
}
