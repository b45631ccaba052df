package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The installed system configures no network, and no version is said. */
@VmTest(config = "network_config_disabled.yaml")
class NetworkConfigDisabledTest {

    @Test
    @DisplayName("nobody asked for an address")
    void nobodyAskedForAnAddress(Facts facts) {
        assertThat(facts.network().leases()).isEmpty();
        assertThat(facts.text("cloud-init.log")).contains("network config is disabled by");
    }
}
