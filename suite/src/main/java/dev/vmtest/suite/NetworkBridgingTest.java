package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bridge of two cards with every timer and cost that the kernel shows, in version 1. */
@VmTest(config = "bridging_network.yaml")
class NetworkBridgingTest {

    @Test
    @DisplayName("both ports forward")
    void bothPortsForward(Facts facts) {
        for (String port : List.of("eth1", "eth2")) {
            // 3 is forwarding (the kernel's if_bridge.h).
            assertThat(facts.network().port(port))
                    .hasValueSatisfying(state -> assertThat(state).containsEntry("state", "3"));
        }
    }
}
