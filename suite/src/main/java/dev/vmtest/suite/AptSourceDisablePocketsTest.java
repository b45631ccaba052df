package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A suite and a component are switched off. */
@VmTest(config = "apt_source_modify_disable_suite.yaml")
class AptSourceDisablePocketsTest {

    @Test
    @DisplayName("what is switched off is still to be read")
    void whatIsSwitchedOffIsStillToBeRead(Facts facts) {
        assertThat(facts.apt()
                        .file("/etc/apt/sources.list")
                        .map(AptFacts.SettingsFile::text)
                        .orElseThrow()
                        .lines())
                .anyMatch(line -> line.matches("# deb http://\\S+/archive [a-z]+-updates main"))
                .noneMatch(line -> line.matches("deb .*(-updates|universe).*"));
    }
}
