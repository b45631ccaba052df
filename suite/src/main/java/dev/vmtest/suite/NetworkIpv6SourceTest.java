package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A file of the configuration's own adds an IPv6 address beside what cloud-init writes. */
@VmTest(config = "network_source_ipv6.yaml", networkPeer = true)
class NetworkIpv6SourceTest {

    @Test
    @DisplayName("the IPv6 address of the file is on its card")
    void theAddressOfTheFileIsThere(Facts facts) {
        assertThat(facts.network().link("interface2"))
                .hasValueSatisfying(link -> assertThat(link.addresses())
                        .anyMatch(address -> address.toString().equals("2001:db8:63::23/64")));
    }
}
