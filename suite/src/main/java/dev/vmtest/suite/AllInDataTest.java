package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Arrays of four levels with spares, a group over them, an encrypted volume. */
@VmTest(
        config = "allindata.yaml",
        extraDisks = {"5G", "5G", "5G"},
        cpus = 2,
        extraCollectScripts = {
            "printf testkey | cryptsetup open --test-passphrase --key-file - /dev/vg1/lv3 && echo opens > key",
            "cat /proc/mdstat > mdstat",
            "cat /etc/crypttab > crypttab"
        })
class AllInDataTest {

    @Test
    @DisplayName("the key of the configuration opens the volume, and crypttab names it")
    void theKeyOpensTheVolume(Facts facts) {
        assertThat(facts.lines("key")).containsExactly("opens");
        assertThat(facts.lines("crypttab")).singleElement().asString().matches("dmcrypt0 UUID=[-0-9a-f]{36} none luks");
    }

    @Test
    @DisplayName("all four arrays are active with their spares")
    void allArraysAreActive(Facts facts) {
        assertThat(facts.lines("mdstat"))
                .filteredOn(line -> line.startsWith("md"))
                .hasSize(4)
                .allMatch(line -> line.contains(" active "));
        assertThat(facts.text("mdstat").split("\\(S\\)", -1)).as("spares").hasSize(5);
    }
}
