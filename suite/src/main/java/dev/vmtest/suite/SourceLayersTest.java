package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A system from two layers, whose upper one has the kernel. */
@VmTest(config = "source_layers.yaml")
class SourceLayersTest {

    @Test
    @DisplayName("the upper layer's file is there in place of the lower one's")
    void theUpperLayerPrevails(Facts facts) {
        assertThat(facts.text("source/mark")).isEqualTo("fsimage-layered\n");
    }
}
