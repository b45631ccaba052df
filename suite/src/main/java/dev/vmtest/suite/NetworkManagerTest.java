package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A lease, addresses and a VLAN, by NetworkManager. */
@VmTest(config = "network_manager.yaml", renderer = "network-manager")
class NetworkManagerTest {

    @Test
    @DisplayName("NetworkManager configures the network")
    void networkManagerConfiguresTheNetwork(Facts facts) {
        assertThat(facts.network().renderer()).isEqualTo("network-manager");
        assertThat(facts.network().online()).isEqualTo("yes");
    }
}
