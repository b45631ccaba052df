package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A root in a logical volume that was there before, beside its old files. */
@VmTest(config = "preserve-lvm.yaml", extraCollectScripts = "cat /existing > existing")
class PreserveLvmTest {

    @Test
    @DisplayName("the file of the earlier system is still there")
    void theEarlierFileIsStillThere(Facts facts) {
        assertThat(facts.lines("existing")).containsExactly("kept by the installer");
    }
}
