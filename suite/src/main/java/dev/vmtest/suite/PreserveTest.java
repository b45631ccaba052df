package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A disk whose partitions stay, one of them with its data. */
@VmTest(config = "preserve.yaml", uefi = true, extraCollectScripts = "cat /srv/existing > existing")
class PreserveTest {

    @Test
    @DisplayName("the file of the earlier system is still there")
    void theEarlierFileIsStillThere(Facts facts) {
        assertThat(facts.lines("existing")).containsExactly("kept by the installer");
    }
}
