package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A lease, five addresses on one card with a smaller MTU, and a card that nothing is said of. */
@VmTest(config = "basic_network.yaml", networkPeer = true)
class NetworkBasicTest {

    @Test
    @DisplayName("the card that nothing is said of has its name and no address of IPv4")
    void theThirdCardIsLeftAlone(Facts facts) {
        assertThat(facts.network().link("interface2"))
                .hasValueSatisfying(link -> assertThat(link.addresses()).noneMatch(address -> !address.isVersion6()));
    }
}
