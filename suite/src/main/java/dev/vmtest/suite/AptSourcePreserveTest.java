package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The image's own sources stay, and a source of its own names the mirror. */
@VmTest(config = "apt_source_preserve.yaml")
class AptSourcePreserveTest {

    @Test
    @DisplayName("the sources of the image are those of Debian")
    void theImagesSourcesStay(Facts facts) {
        assertThat(facts.apt()
                        .file("/etc/apt/sources.list")
                        .map(AptFacts.SettingsFile::text)
                        .orElseThrow())
                .doesNotContain("/archive");
    }

    @Test
    @DisplayName("the package that exists nowhere else is installed")
    void theProofIsInstalled(Facts facts) {
        assertThat(facts.packages().get("vmtest-proof"))
                .hasToString("DebianPackage[name=vmtest-proof, version=1.0, status=install ok installed]");
    }
}
