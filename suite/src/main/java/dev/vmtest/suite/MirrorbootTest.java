package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a mirror; both disks start GRUB. */
@VmTest(
        config = "mirrorboot.yaml",
        extraDisks = {"4G"})
class MirrorbootTest {

    @Test
    @DisplayName("the root is the raid1 of 2 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        String array = facts.link("/dev/disk/by-dname/md0").orElseThrow().target();
        BlockDevice device = facts.device(array).orElseThrow();
        assertThat(device.type()).isEqualTo("raid1");
        assertThat(device.parents()).hasSize(2);
        assertThat(facts.mount("/").orElseThrow().source()).startsWith("/dev/" + array);
        assertThat(facts.fstab())
                .filteredOn(entry -> entry.path().equals("/"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.spec()).startsWith("/dev/disk/by-id/md-uuid-"));
    }
}
