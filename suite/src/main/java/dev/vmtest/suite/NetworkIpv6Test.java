package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bond that negotiates with its partner, and a virtual network of both families on it. */
@VmTest(config = "network_ipv6_bond_vlan.yaml")
class NetworkIpv6Test {

    @Test
    @DisplayName("both members are in one aggregate")
    void bothMembersAreInOneAggregate(Facts facts) {
        assertThat(facts.network().bond("bond0"))
                .hasValueSatisfying(bond -> assertThat(bond).containsEntry("ad_num_ports", "2"));
    }
}
