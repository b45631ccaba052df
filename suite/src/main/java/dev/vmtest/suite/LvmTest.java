package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Volume groups beside a plain root: one of two logical partitions, one with dashes in its names. */
@VmTest(
        config = "lvm.yaml",
        extraDisks = {"10G"})
class LvmTest {

    @Test
    @DisplayName("the second volume takes what remains and spans both members")
    void theSecondVolumeSpansBothMembers(Facts facts) {
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(volume(facts, "vg1-lv2").parents()).containsExactlyInAnyOrder(disk + "5", disk + "6");
    }

    @Test
    @DisplayName("fstab names the volumes by their unique ids")
    void fstabNamesTheVolumesByTheirIds(Facts facts) {
        for (String path : List.of("/srv/data", "/srv/backup")) {
            assertThat(facts.fstab())
                    .filteredOn(entry -> entry.path().equals(path))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.spec()).startsWith("/dev/disk/by-id/dm-uuid-LVM-"));
        }
    }

    @Test
    @DisplayName("the volume of a group with a dash has its link")
    void theVolumeOfADashedGroupHasItsLink(Facts facts) {
        assertThat(facts.link("/dev/disk/by-dname/storage--vg-my--storage")
                        .orElseThrow()
                        .target())
                .isEqualTo(volume(facts, "storage--vg-my--storage").kernelName());
    }

    private static BlockDevice volume(Facts facts, String mapping) {
        return facts.devices().stream()
                .filter(device -> device.name().equals(mapping))
                .findFirst()
                .orElseThrow();
    }
}
