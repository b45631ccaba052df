package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Four virtual networks on one of four cards. */
@VmTest(config = "vlan_network.yaml", networkPeer = true)
class NetworkVlanTest {

    @Test
    @DisplayName("each virtual network has its tag")
    void eachHasItsTag(Facts facts) {
        for (String tag : List.of("2667", "2668", "2669", "2670")) {
            assertThat(facts.network().link("interface1." + tag))
                    .hasValueSatisfying(link -> assertThat(link.datum("id")).contains(tag));
        }
    }
}
