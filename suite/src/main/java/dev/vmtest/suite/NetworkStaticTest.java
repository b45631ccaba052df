package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An address of its own with a gateway, a nameserver and two search domains. */
@VmTest(config = "basic_network_static.yaml", networkPeer = true)
class NetworkStaticTest {

    @Test
    @DisplayName("no DHCP server was asked")
    void noServerWasAsked(Facts facts) {
        assertThat(facts.network().leases()).isEmpty();
    }
}
