package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** As {@link MultipathLvmTest}, with the new group where the earlier one lies. */
@VmTest(config = "multipath-lvm-part-wipe.yaml", multipathPaths = 4)
class MultipathLvmPartWipeTest {

    @Test
    @DisplayName("the volume has its new size")
    void theVolumeHasItsNewSize(Facts facts) {
        assertThat(facts.stacks().logicalVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.size()).isEqualTo(3584L << 20));
    }
}
