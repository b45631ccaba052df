package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A switch of Open vSwitch. */
@VmTest(config = "network_ovs.yaml", renderer = "networkd")
class NetworkOvsTest {

    @Test
    @DisplayName("the switch is in the database of Open vSwitch")
    void theSwitchIsInTheDatabase(Facts facts) {
        assertThat(facts.network().switches()).containsOnlyKeys("ovs0");
    }
}
