package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The installed system configures no network, with the version said. */
@VmTest(config = "network_config_disabled_with_version.yaml")
class NetworkConfigDisabledWithVersionTest {

    @Test
    @DisplayName("nobody asked for an address")
    void nobodyAskedForAnAddress(Facts facts) {
        assertThat(facts.network().leases()).isEmpty();
        assertThat(facts.text("cloud-init.log")).contains("network config is disabled by");
    }
}
