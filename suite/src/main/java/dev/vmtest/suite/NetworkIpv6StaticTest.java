package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An IPv6 address whose netmask is written with colons, and a default route. */
@VmTest(config = "basic_network_static_ipv6.yaml", networkPeer = true)
class NetworkIpv6StaticTest {

    @Test
    @DisplayName("the netmask with colons is a prefix of 64 bits")
    void theNetmaskIsAPrefix(Facts facts) {
        assertThat(facts.network().link("interface0"))
                .hasValueSatisfying(link -> assertThat(link.addresses())
                        .anyMatch(address -> address.toString().equals("fd00:23::15/64")));
    }
}
