package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A file of the configuration's own adds an address beside what cloud-init writes. */
@VmTest(config = "network_source.yaml", networkPeer = true)
class NetworkSourceTest {

    @Test
    @DisplayName("the address of the file is on its card")
    void theAddressOfTheFileIsThere(Facts facts) {
        assertThat(facts.network().link("interface2"))
                .hasValueSatisfying(link -> assertThat(link.addresses())
                        .anyMatch(address -> address.toString().equals("192.168.23.23/24")));
    }
}
