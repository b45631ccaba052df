package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root as xfs on a logical volume that GRUB reads the kernel from. */
@VmTest(config = "lvmroot.yaml", replace = @VmTest.Replacement(token = "__ROOTFS_FORMAT__", with = "xfs"))
class LvmRootXfsTest {

    @Test
    @DisplayName("the root is the logical volume, and the kernel was told so by its mapping")
    void theRootIsTheLogicalVolume(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/mapper/root_vg-lv1_root");
        assertThat(facts.mount("/").orElseThrow().fileSystem()).isEqualTo("xfs");
        assertThat(facts.commandLine()).contains("root=/dev/mapper/root_vg-lv1_root");
    }
}
