package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A volume group over two mirrors of whole disks. */
@VmTest(
        config = "lvmoverraid.yaml",
        extraDisks = {"10G", "10G", "10G", "10G"})
class LvmOverRaidTest {

    @Test
    @DisplayName("the home volume stands on a mirror of two disks")
    void theHomeVolumeStandsOnAMirror(Facts facts) {
        BlockDevice volume = facts.devices().stream()
                .filter(device -> device.name().equals("vg0-lv--0"))
                .findFirst()
                .orElseThrow();
        assertThat(volume.parents()).hasSize(1);
        BlockDevice array = facts.device(volume.parents().get(0)).orElseThrow();
        assertThat(array.type()).isEqualTo("raid1");
        assertThat(array.parents()).hasSize(2);
    }
}
