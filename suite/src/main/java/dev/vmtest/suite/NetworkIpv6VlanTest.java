package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Virtual networks with IPv6 addresses, and a card that the administrator brings up. */
@VmTest(config = "vlan_network_ipv6.yaml", networkPeer = true)
class NetworkIpv6VlanTest {

    @Test
    @DisplayName("the card that the administrator brings up is not up")
    void theManualCardIsNotUp(Facts facts) {
        assertThat(facts.network().link("interface2"))
                .hasValueSatisfying(link -> assertThat(link.isUp()).isFalse());
    }
}
