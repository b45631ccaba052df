package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.DiskLabel;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The partitions that a disk with two paths has are used again. */
@VmTest(config = "multipath-reuse.yaml")
class MultipathReuseTest {

    private static final long GIB = 1L << 30;

    @Test
    @DisplayName("the partitions are where the earlier system had them")
    void thePartitionsAreWhereTheyWere(Facts facts) {
        assertThat(facts.label(MultipathMaps.of(facts, "IPR-0_1234567890"))
                        .orElseThrow()
                        .slots())
                .extracting(DiskLabel.Slot::start)
                .containsExactly(GIB, 5 * GIB);
    }
}
