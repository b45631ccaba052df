package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sizes of packets, by systemd-networkd. */
@VmTest(config = "network_mtu_networkd.yaml", renderer = "networkd")
class NetworkMtuNetworkdTest {

    @Test
    @DisplayName("systemd-networkd gives IPv6 a smaller size than the card")
    void ipv6HasASmallerSize(Facts facts) {
        assertThat(facts.network().renderer()).isEqualTo("networkd");
        assertThat(facts.network().link("interface0"))
                .hasValueSatisfying(link -> assertThat(link.mtu()).isEqualTo(1501));
        assertThat(facts.network().ipv6Mtu("interface0")).contains("1480");
    }
}
