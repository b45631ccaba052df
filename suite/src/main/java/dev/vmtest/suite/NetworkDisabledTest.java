package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The installer writes no network configuration, so cloud-init makes its own. */
@VmTest(config = "network_disabled.yaml")
class NetworkDisabledTest {

    @Test
    @DisplayName("cloud-init lets the first card ask for an address")
    void cloudInitMakesItsOwn(Facts facts) {
        assertThat(facts.network().cloudFiles()).isEmpty();
        assertThat(facts.network().leases()).isNotEmpty();
    }
}
