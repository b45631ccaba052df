package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Three routes of one subnet, one with a metric. */
@VmTest(config = "network_static_routes.yaml", networkPeer = true)
class NetworkStaticRoutesTest {

    @Test
    @DisplayName("the card has its address and no lease")
    void theCardHasItsAddress(Facts facts) {
        assertThat(facts.network().link("interface0"))
                .hasValueSatisfying(link -> assertThat(link.addresses())
                        .anyMatch(address -> address.toString().equals("172.23.31.42/26")));
        assertThat(facts.network().leases()).isEmpty();
    }
}
