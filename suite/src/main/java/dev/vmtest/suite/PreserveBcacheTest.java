package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A root on a bcache device that was there before, beside its old files. */
@VmTest(config = "preserve-bcache.yaml", extraDisks = "2G", extraCollectScripts = "cat /existing > existing")
class PreserveBcacheTest {

    @Test
    @DisplayName("the file of the earlier system is still there")
    void theEarlierFileIsStillThere(Facts facts) {
        assertThat(facts.lines("existing")).containsExactly("kept by the installer");
    }
}
