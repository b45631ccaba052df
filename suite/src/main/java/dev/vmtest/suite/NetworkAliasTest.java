package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several addresses on one card, in both families and in every order. */
@VmTest(config = "network_alias.yaml", networkPeer = true)
class NetworkAliasTest {

    @Test
    @DisplayName("addresses of both families are on one card")
    void bothFamiliesAreOnOneCard(Facts facts) {
        assertThat(facts.network().link("interface4"))
                .hasValueSatisfying(link -> assertThat(link.addresses())
                        .filteredOn(address -> address.scope().equals("global"))
                        .hasSize(4));
    }
}
