package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sizes of packets for one family and for both. */
@VmTest(config = "network_mtu.yaml")
class NetworkMtuTest {

    @Test
    @DisplayName("a jumbo frame fits on the second card")
    void aJumboFrameFits(Facts facts) {
        assertThat(facts.network().link("interface1"))
                .hasValueSatisfying(link -> assertThat(link.mtu()).isEqualTo(9000));
        assertThat(facts.network().ipv6Mtu("interface1")).contains("9000");
    }
}
