package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root as xfs on a logical volume of a UEFI machine. */
@VmTest(
        config = "uefi_lvmroot.yaml",
        uefi = true,
        replace = {
            @VmTest.Replacement(token = "__ROOTFS_FORMAT__", with = "xfs"),
            @VmTest.Replacement(token = "__BOOTFS_FORMAT__", with = "ext4")
        })
class UefiLvmRootXfsTest {

    @Test
    @DisplayName("the root is the logical volume, and the kernel was told so by its mapping")
    void theRootIsTheLogicalVolume(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/mapper/vg0-lv0");
        assertThat(facts.mount("/").orElseThrow().fileSystem()).isEqualTo("xfs");
        assertThat(facts.commandLine()).contains("root=/dev/mapper/vg0-lv0");
    }
}
