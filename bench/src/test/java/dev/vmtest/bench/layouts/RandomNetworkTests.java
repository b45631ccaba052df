package dev.vmtest.bench.layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RandomNetworkTests {

    private static final int SEEDS = 1000;

    @Test
    void everyNetworkCanBePlanned() {
        assertThatCode(() -> Planning.networks(0, SEEDS).forEach(Planning::plan))
                .doesNotThrowAnyException();
    }

    @Test
    void theSameSeedGivesTheSameNetwork() {
        assertThat(RandomNetwork.yaml(7)).isEqualTo(RandomNetwork.yaml(7)).isNotEqualTo(RandomNetwork.yaml(8));
    }

    /** Debian's ifupdown makes no VLAN that is called otherwise, and resolvconf forgets what an earlier subnet said. */
    @Test
    void aVlanIsCalledAfterItsLinkAndNameserversStandLast() {
        assertThat(Planning.networks(0, SEEDS).values())
                .allSatisfy(yaml -> assertThat(yaml)
                        .contains("network_peer: true")
                        .doesNotContainPattern("\\bv1[0-9][0-9]\\b")
                        .doesNotContainPattern("dns_nameservers: [^\n]*\n        - "));
    }

    @Test
    void networksAreAsVariedAsTheyAreMeantToBe() {
        String all = String.join("", Planning.networks(0, 200).values());

        assertThat(all)
                .contains("version: 1", "version: 2", "type: bond", "bonds:", "type: bridge", "bridges:")
                .contains("type: vlan", "vlans:", "bond-primary", "primary: nic", "balance-xor", "stp: true")
                .contains("type: static6", "mtu: 9000", "dns_nameservers", "nameservers: {", "routes: [{to:")
                .contains("routes: [{destination:");
    }
}
