package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;

/** Hold a root on an MD array, or on a partition of one, against what its test says of it. */
final class ArrayRoot {

    private ArrayRoot() {}

    /**
     * Assert that the root is on an array and is found by the array's unique id.
     *
     * @param name what the configuration calls it
     * @param level such as {@code raid1}
     * @param members how many devices it has
     */
    static void assertRoot(Facts facts, String name, String level, int members) {
        String array = facts.link("/dev/disk/by-dname/" + name).orElseThrow().target();
        BlockDevice device = facts.device(array).orElseThrow();
        assertThat(device.type()).isEqualTo(level);
        assertThat(device.parents()).hasSize(members);
        assertThat(facts.mount("/").orElseThrow().source()).startsWith("/dev/" + array);
        assertThat(facts.fstab())
                .filteredOn(entry -> entry.path().equals("/"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.spec()).startsWith("/dev/disk/by-id/md-uuid-"));
    }
}
