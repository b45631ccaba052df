package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A partition that loses its volume group beside one that keeps its data. */
@VmTest(
        config = "preserve-partition-wipe-vg.yaml",
        extraDisks = "20G",
        extraCollectScripts = "vgs --noheadings -o vg_name > groups")
class PreserveWipeLvmTest {

    @Test
    @DisplayName("only the new volume group is there")
    void onlyTheNewGroupIsThere(Facts facts) {
        assertThat(facts.text("groups").strip()).isEqualTo("vg1");
    }
}
