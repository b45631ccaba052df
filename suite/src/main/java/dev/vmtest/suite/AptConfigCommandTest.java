package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The command alone, for the install environment and for the target. */
@VmTest(
        config = "apt_config_command.yaml",
        extraCollectScripts =
                "cp /etc/apt/sources.list /etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg .; apt-cache policy >policy")
class AptConfigCommandTest {

    @Test
    @DisplayName("the target has the sources of the second call")
    void theTargetHasItsSources(Facts facts) {
        assertThat(facts.text("sources.list")).matches("deb http://\\S+/archive [a-z]+ main\\n");
        assertThat(facts.text("policy")).containsPattern("500 http://\\S+/archive [a-z]+-proposed/main");
        assertThat(facts.text("curtin-preserve-sources.cfg")).contains("preserve_sources_list: true");
    }

    @Test
    @DisplayName("the package that exists nowhere else is installed")
    void theProofIsInstalled(Facts facts) {
        assertThat(facts.packages().get("vmtest-proof"))
                .hasToString("DebianPackage[name=vmtest-proof, version=1.0, status=install ok installed]");
    }
}
