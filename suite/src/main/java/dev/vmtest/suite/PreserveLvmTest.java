package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A root in a logical volume that was there before, beside its old files. */
@VmTest(config = "preserve-lvm.yaml")
class PreserveLvmTest {

    @Test
    @DisplayName("the root is the logical volume, and the kernel was told so by its mapping")
    void theRootIsTheLogicalVolume(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/mapper/root_vg-lv1_root");
        assertThat(facts.commandLine()).contains("root=/dev/mapper/root_vg-lv1_root");
    }
}
