package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The first mirror that has an address is taken. */
@VmTest(config = "apt_source_search.yaml")
class AptSourceSearchTest {

    @Test
    @DisplayName("both mirrors that have an address are in the sources")
    void bothGoodMirrorsAreThere(Facts facts) {
        assertThat(facts.apt()
                        .file("/etc/apt/sources.list")
                        .map(AptFacts.SettingsFile::text)
                        .orElseThrow())
                .contains("/archive ", "/security ")
                .doesNotContain(".invalid");
    }
}
