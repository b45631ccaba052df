package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The older keys for mirrors, a proxy and debconf. */
@VmTest(
        config = "old_apt_features.yaml",
        extraCollectScripts =
                "cat /etc/cloud/cloud.cfg.d/90_dpkg.cfg >dpkg.cfg; ls /etc/cloud/cloud.cfg.d >cloud-files")
class OldAptFeaturesTest {

    @Test
    @DisplayName("cloud-init has taken over its answer")
    void cloudInitHasItsAnswer(Facts facts) {
        assertThat(facts.text("dpkg.cfg")).contains("NoCloud").doesNotContain("MAAS");
    }
}
