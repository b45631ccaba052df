package dev.vmtest.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFactsTests {

    private static final String LINKS = """
            [{},{"ifindex":2,"ifname":"eth0","flags":["BROADCAST","UP"],"mtu":1500,"operstate":"UP","address":"52:54:00:AA:00:01",
              "permaddr":"52:54:00:AA:00:02","master":"br0","linkinfo":{"info_slave_kind":"bridge"},
              "addr_info":[{},{"family":"inet","local":"10.0.0.5","prefixlen":24,"scope":"global","label":"eth0","valid_life_time":3600},
                {"family":"inet6","local":"fd00::5","prefixlen":64,"scope":"global","deprecated":true,"tentative":true,"valid_life_time":4294967295}]},
             {"ifindex":3,"ifname":"v5","flags":[],"mtu":1400,"operstate":"DOWN","address":"","link":"eth0",
              "linkinfo":{"info_kind":"vlan","info_data":{"protocol":"802.1Q","id":5,"flags":["REORDER_HDR"]}},"addr_info":[]}]
            """;

    @TempDir
    Path directory;

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }

    private NetworkFacts facts() {
        return Facts.read(directory).network();
    }

    @Test
    void readsInterfaces() throws IOException {
        write("facts/network/addr.json", LINKS);

        NetworkLink card = facts().link("eth0").orElseThrow();
        assertThat(card.isUp()).isTrue();
        assertThat(card.cardAddress()).isEqualTo("52:54:00:aa:00:02");
        assertThat(card.master()).isEqualTo("br0");
        assertThat(card.kind()).isEmpty();
        assertThat(card.addresses()).hasToString("[10.0.0.5/24, fd00::5/64]");
        assertThat(card.addresses().get(0).isLimited()).isTrue();
        assertThat(card.addresses().get(1))
                .extracting(LinkAddress::isDeprecated, LinkAddress::isUnusable, LinkAddress::isLimited)
                .containsExactly(true, true, false);
        NetworkLink vlan = facts().link("v5").orElseThrow();
        assertThat(vlan.datum("id")).contains("5");
        assertThat(vlan.link()).isEqualTo("eth0");
        assertThat(vlan.isUp()).isFalse();
    }

    @Test
    void readsRoutesAndRules() throws IOException {
        write("facts/network/route-4.json", """
                [{"type":"unicast","dst":"default","nexthops":[{"gateway":"10.0.0.1","dev":"eth0"}],"table":"main"},
                 {"type":"blackhole","dst":"10.1.0.0/16","table":"5"}]""");
        write(
                "facts/network/route-6.json",
                "[{\"dst\":\"default\",\"gateway\":\"fe80::2\",\"dev\":\"eth0\",\"protocol\":\"ra\",\"metric\":1024}]");
        write(
                "facts/network/rule-4.json",
                "[{\"priority\":10,\"src\":\"10.0.0.0\",\"srclen\":24,\"dst\":\"10.9.9.9\",\"fwmark\":\"0x1\",\"table\":\"5\"}]");
        write("facts/network/rule-6.json", "[]");

        assertThat(facts().routes())
                .hasToString("[default via 10.0.0.1 dev eth0, blackhole 10.1.0.0/16 table 5,"
                        + " default via fe80::2 dev eth0 metric 1024]");
        assertThat(facts().rules()).hasToString("[10: from 10.0.0.0/24 to 10.9.9.9 fwmark 0x1 table 5]");
    }

    @Test
    void readsTheLeasesOfEveryClient() throws IOException {
        write("facts/network/addr.json", LINKS);
        write("facts/network/leases/dhclient.eth0.leases", """
                lease {
                  interface "eth0";
                  fixed-address 10.0.0.4;
                  option dhcp-server-identifier 10.0.0.1;
                }
                lease {
                  interface "eth0";
                  fixed-address 10.0.0.5;
                  option dhcp-server-identifier 10.0.0.2;
                }
                lease6 {
                  interface "eth0";
                  ia-na 00:12:34:00 {
                    iaaddr fd00::5 {
                    }
                  }
                }
                """);
        write("facts/network/leases/2", "ADDRESS=10.0.0.6\nSERVER_ADDRESS=10.0.0.1\n");
        write("facts/network/leases/internal-0-0-eth1.lease", "ADDRESS=10.0.0.7\n");

        assertThat(facts().leases())
                .containsExactlyInAnyOrder(
                        new Lease("eth0", "10.0.0.4", "10.0.0.1"),
                        new Lease("eth0", "10.0.0.5", "10.0.0.2"),
                        new Lease("eth0", "fd00::5", ""),
                        new Lease("eth0", "10.0.0.6", "10.0.0.1"),
                        new Lease("eth1", "10.0.0.7", ""));
    }

    @Test
    void asksTheRendererOfEachInterface() throws IOException {
        assertThat(facts().rendererState("eth0")).isEmpty();
        write("facts/network/nmcli", """
                GENERAL.DEVICE:eth0
                GENERAL.TYPE:ethernet
                GENERAL.STATE:100 (connected)

                GENERAL.DEVICE:eth1
                GENERAL.STATE:10 (unmanaged)
                """);
        assertThat(facts().rendererState("eth0")).contains("connected");
        assertThat(facts().rendererState("eth1")).contains("unmanaged");

        write("facts/network/networkctl.json", """
                {"Interfaces":[{"Name":"eth0","AdministrativeState":"configured"},
                 {"Name":"eth1","SetupState":"failed","AdministrativeState":"configured"}]}
                """);
        assertThat(facts().rendererState("eth0")).contains("configured");
        assertThat(facts().rendererState("eth1")).contains("failed");
    }

    @Test
    void asksTheResolverByWayOfEachInterface() throws IOException {
        assertThat(facts().nameserversOf("eth0")).isEmpty();
        write("facts/network/resolved-servers", "Global:\nLink 2 (eth0): 10.0.0.3 fd00::3\nLink 3 (eth1):\n");
        write("facts/network/resolved-domains", "Global:\nLink 2 (eth0): a.example ~.\n");

        assertThat(facts().nameserversOf("eth0")).contains(List.of("10.0.0.3", "fd00::3"));
        assertThat(facts().nameserversOf("eth1")).contains(List.of());
        assertThat(facts().searchDomainsOf("eth0")).contains(List.of("a.example", "~."));
    }

    @Test
    void asksBehindTheStubOfTheResolver() throws IOException {
        write("resolv.conf", "nameserver 127.0.0.53\nsearch .\n");
        assertThat(facts().nameservers()).containsExactly("127.0.0.53");

        write(
                "run_systemd_resolve/resolv.conf",
                "nameserver 10.0.0.3\nnameserver fd00::3\nsearch a.example b.example\n");
        assertThat(facts().nameservers()).isEqualTo(List.of("10.0.0.3", "fd00::3"));
        assertThat(facts().searchDomains()).isEqualTo(List.of("a.example", "b.example"));
    }

    @Test
    void readsSwitches() throws IOException {
        write("facts/network/switches", "br-empty\t\nbr0\teth1 eth2 \n");

        assertThat(facts().switches()).containsEntry("br-empty", "").containsEntry("br0", "eth1 eth2");
    }

    @Test
    void knowsNothingOfWhatWasNotCollected() throws IOException {
        write("facts/network/addr.json", "[{\"ifname\":\"eth0\"}]");

        assertThatThrownBy(() -> facts().links()).isInstanceOf(NotCollectedException.class);
        assertThatThrownBy(() -> facts().routes()).isInstanceOf(NotCollectedException.class);
        assertThatThrownBy(() -> facts().bond("bond0")).isInstanceOf(NotCollectedException.class);
        assertThatThrownBy(() -> facts().cloudFiles()).isInstanceOf(NotCollectedException.class);
        assertThatThrownBy(() -> facts().nameservers()).isInstanceOf(NotCollectedException.class);
    }
}
