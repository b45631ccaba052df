package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A lease, both families, a VLAN and a bond, with somebody at the other end of each. */
@VmTest(config = "network_peer.yaml")
class NetworkPeerTest {

    @Test
    @DisplayName("the bond goes on with its other member")
    void theBondGoesOn(Facts facts) {
        assertThat(facts.network().reach().bond("bond0"))
                .hasValueSatisfying(bond -> assertThat(bond.active()).isEqualTo("m0"));
    }
}
