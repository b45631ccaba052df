package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Version 2, which the installed system's cloud-init reads itself. */
@VmTest(config = "network_v2_passthrough.yaml", networkPeer = true)
class NetworkV2PassthroughTest {

    @Test
    @DisplayName("cloud-init gave the card its name")
    void cloudInitGaveTheName(Facts facts) {
        assertThat(facts.network().link("interface0"))
                .hasValueSatisfying(link -> assertThat(link.cardAddress()).isEqualTo("52:54:00:12:34:00"));
    }
}
