package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A mirror that was there before, with its data. */
@VmTest(
        config = "preserve-raid.yaml",
        uefi = true,
        extraDisks = {"10G", "10G"},
        extraCollectScripts = "cat /srv/existing > existing")
class PreserveRaidTest {

    @Test
    @DisplayName("the file of the earlier system is still there")
    void theEarlierFileIsStillThere(Facts facts) {
        assertThat(facts.lines("existing")).containsExactly("kept by the installer");
    }
}
