package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A root in a partition that a volume group had. */
@VmTest(config = "preserve-partition-wipe-vg-simple.yaml", extraCollectScripts = "vgs --noheadings -o vg_name > groups")
class PreserveWipeLvmSimpleTest {

    @Test
    @DisplayName("no volume group is left")
    void noGroupIsLeft(Facts facts) {
        assertThat(facts.text("groups").strip()).isEmpty();
    }
}
