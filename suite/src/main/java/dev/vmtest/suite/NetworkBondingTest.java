package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bond of two cards, of which one works while the other waits. */
@VmTest(config = "bonding_network.yaml", networkPeer = true)
class NetworkBondingTest {

    @Test
    @DisplayName("each member keeps the address of its hardware")
    void eachMemberKeepsItsHardware(Facts facts) {
        assertThat(facts.network().link("interface1"))
                .hasValueSatisfying(link -> assertThat(link.cardAddress()).isEqualTo("52:54:00:12:34:02"));
        assertThat(facts.text("facts/network/bonding/bond1")).contains("Currently Active Slave: interface2");
    }
}
