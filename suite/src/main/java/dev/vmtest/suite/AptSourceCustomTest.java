package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A template with every variable, served and signed by the run; a package that only the run has. */
@VmTest(config = "apt_source_custom.yaml")
class AptSourceCustomTest {

    @Test
    @DisplayName("the lines of the template are there as they were written")
    void theLinesOfTheTemplate(Facts facts) {
        String text = facts.apt()
                .file("/etc/apt/sources.list")
                .map(AptFacts.SettingsFile::text)
                .orElseThrow();
        assertThat(text.lines())
                .hasSize(5)
                .contains("# written from a template of the test")
                .anyMatch(line -> line.matches("deb-src http://\\S+/archive [a-z]+ main"))
                .anyMatch(line -> line.matches("deb http://\\S+/security [a-z]+-security main"));
    }

    @Test
    @DisplayName("the package that exists nowhere else is installed")
    void theProofIsInstalled(Facts facts) {
        assertThat(facts.packages().get("vmtest-proof"))
                .hasToString("DebianPackage[name=vmtest-proof, version=1.0, status=install ok installed]");
    }
}
