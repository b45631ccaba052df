package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a raid10. */
@VmTest(
        config = "raid10boot.yaml",
        extraDisks = {"4G", "4G", "4G"})
class Raid10bootTest {

    @Test
    @DisplayName("the root is the raid10 of 4 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        String array = facts.link("/dev/disk/by-dname/md0").orElseThrow().target();
        BlockDevice device = facts.device(array).orElseThrow();
        assertThat(device.type()).isEqualTo("raid10");
        assertThat(device.parents()).hasSize(4);
        assertThat(facts.mount("/").orElseThrow().source()).startsWith("/dev/" + array);
        assertThat(facts.fstab())
                .filteredOn(entry -> entry.path().equals("/"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.spec()).startsWith("/dev/disk/by-id/md-uuid-"));
    }
}
