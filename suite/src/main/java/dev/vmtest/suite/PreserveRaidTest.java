package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A mirror that was there before, with its data. */
@VmTest(
        config = "preserve-raid.yaml",
        uefi = true,
        extraDisks = {"10G", "10G"})
class PreserveRaidTest {

    @Test
    @DisplayName("the data is on the array")
    void theDataIsOnTheArray(Facts facts) {
        String array = facts.link("/dev/disk/by-dname/md1").orElseThrow().target();
        assertThat(facts.mount("/srv").orElseThrow().source()).isEqualTo("/dev/" + array);
    }
}
