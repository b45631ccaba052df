package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A root on a volume on a disk with four paths, one of which an earlier group was made on. */
@VmTest(config = "multipath-lvm.yaml", multipathPaths = 4)
class MultipathLvmTest {

    @Test
    @DisplayName("the map joins four paths")
    void theMapJoinsFourPaths(Facts facts) {
        assertThat(MultipathMaps.of(facts, "disk-a").parents()).hasSize(4);
    }

    @Test
    @DisplayName("the kernel was told the root by the name of the volume")
    void theKernelWasToldTheVolume(Facts facts) {
        assertThat(facts.commandLine()).contains("root=/dev/mapper/root_vg-lv1_root");
    }
}
