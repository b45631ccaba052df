package dev.vmtest.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkConfigReaderTests {

    private final Problems problems = new Problems();

    private NetworkConfig read(String yaml) {
        NetworkConfig config = NetworkReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        assertThat(messages()).isEmpty();
        return Objects.requireNonNull(config);
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void readsVersion1() {
        NetworkConfig config = read("""
                network:
                  version: 1
                  config:
                  - type: physical
                    name: interface0
                    mac_address: '52:54:00:12:34:0A'
                    mtu: 1492
                    subnets:
                    - {type: dhcp4}
                    - {type: static, address: 10.5.20.11/24, gateway: 10.5.20.254, dns_nameservers: 8.8.8.8, dns_search: [a.example, b.example]}
                    - type: static6
                      address: 'fd00:1:2::3'
                      netmask: 'ffff:ffff:ffff:ffff::'
                      control: manual
                      routes:
                      - {network: '::', netmask: '::', gateway: 'fd00:1:2::1', metric: 5}
                  - {type: physical, name: interface1, mac_address: '52:54:00:12:34:02', id: i1}
                  - {type: bond, name: bond0, bond_interfaces: [interface0, interface1], params: {bond-mode: active-backup}}
                  - {type: bridge, name: br0, bridge_interfaces: [bond0], params: {bridge_stp: off, bridge_pathcost: [eth1 50]}}
                  - {type: vlan, name: interface1.2667, vlan_link: interface1, vlan_id: 2667}
                  - {type: nameserver, address: [10.0.2.3, 'fd00::1'], search: example.org}
                  - {type: route, destination: 10.9.0.0/16, gateway: 10.5.20.1, metric: 3}
                """);

        assertThat(config.version()).isEqualTo(1);
        assertThat(config.macAddresses()).containsExactly("52:54:00:12:34:0a", "52:54:00:12:34:02");
        assertThat(config.interfaces())
                .extracting(NetworkInterface::kind)
                .containsExactly(
                        InterfaceKind.PHYSICAL,
                        InterfaceKind.PHYSICAL,
                        InterfaceKind.BOND,
                        InterfaceKind.BRIDGE,
                        InterfaceKind.VLAN);
        assertThat(config.interfaces().get(0).subnets()).hasSize(3);
        assertThat(config.interfaces().get(0).subnets().get(1).searchDomains())
                .containsExactly("a.example", "b.example");
        assertThat(config.interfaces().get(2).members()).containsExactly("interface0", "interface1");
        assertThat(config.interfaces().get(2).parameters()).containsEntry("bond-mode", "active-backup");
        assertThat(config.interfaces().get(4).vlanId()).isEqualTo(2667);
        assertThat(config.nameservers().get(0).addresses()).containsExactly("10.0.2.3", "fd00::1");
        assertThat(config.routes().get(0).destination()).isEqualTo("10.9.0.0/16");
    }

    @Test
    void readsVersion2() {
        NetworkConfig config = read("""
                network:
                  version: 2
                  ethernets:
                    id0: {match: {macaddress: '52:54:00:12:34:00'}, set-name: interface0, dhcp4: true}
                    eth1: {addresses: [192.168.14.2/24], mtu: 1400}
                  bridges:
                    br0: {interfaces: [eth1], parameters: {stp: false}, openvswitch: {}}
                  vlans:
                    v9: {id: 9, link: eth1}
                """);

        assertThat(config.macAddresses()).containsExactly("52:54:00:12:34:00");
        assertThat(config.interfaces())
                .extracting(NetworkInterface::name)
                .containsExactly("interface0", "eth1", "br0", "v9");
        assertThat(config.interfaces().get(0).subnets().get(0).type()).isEqualTo("dhcp4");
        assertThat(config.interfaces().get(1).subnets().get(0).address()).isEqualTo("192.168.14.2/24");
    }

    @Test
    void readsDisabled() {
        assertThat(read("network: {config: disabled}").disabled()).isTrue();
        assertThat(read("network: {version: 1, config: disabled}").disabled()).isTrue();
        assertThat(NetworkReader.read(ConfigFiles.parse("c.yaml", "a: b", problems), problems))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            network: word                                  | c.yaml:1:10: network: must be a mapping, not a string
            network: {config: []}                          | c.yaml:1:10: network: 'version' is missing; add 'version:'
            network: {version: 1}                          | c.yaml:1:10: network: 'config' is missing; add 'config:'
            network: {version: 1, config: [{name: e}]}     | c.yaml:1:32: network entry: 'type' is missing; add 'type:'
            network: {version: 1, config: [{type: fysical, name: e}]} | c.yaml:1:39: network entry: 'type' can't be 'fysical'; did you mean 'physical'?
            network: {version: 1, config: [{type: physical}]} | c.yaml:1:32: physical: 'name' is missing; add 'name:'
            network: {version: 1, config: [{type: physical, name: a-name-of-sixteen}]} | c.yaml:1:55: physical 'a-name-of-sixteen': the name has 17 characters; Linux allows at most 15
            network: {version: 1, config: [{type: physical, name: e, mac_address: 52:54:00:12:34:00}]} | c.yaml:1:71: physical 'e': YAML 1.1 reads 52:54:00:12:34:00 as the number 41135085240; quote it: '52:54:00:12:34:00'
            network: {version: 1, config: [{type: physical, name: e, mac_address: nonsense}]} | c.yaml:1:71: physical 'e': 'mac_address' must be a MAC address such as 52:54:00:12:34:0a, not 'nonsense'
            network: {version: 1, config: [{type: physical, name: e, mac: x}]} | c.yaml:1:58: physical 'e': unknown key 'mac'; known keys are: id, mac_address, mtu, name, subnets, type
            network: {version: 1, config: [{type: physical, name: e, subnets: [{type: static}]}]} | c.yaml:1:68: physical 'e': subnet: 'address' is missing; add 'address:'
            network: {version: 1, config: [{type: physical, name: e, subnets: [{type: static, address: 10.0.0.256}]}]} | c.yaml:1:92: physical 'e': subnet: '10.0.0.256' is not an IP address, with or without a prefix; write e.g. 10.0.2.15/24 or fd00::15/64
            network: {version: 1, config: [{type: vlan, name: v, vlan_link: eth9, vlan_id: 5000}]} | c.yaml:1:80: vlan 'v': 'vlan_id' must be from 0 to 4094, not 5000
            network: {version: 1, config: [{type: bond, name: b, bond_interfaces: [eth0]}]} | c.yaml:1:54: 'b' refers to interface 'eth0', which is not defined
            network: {version: 2, ethernet: {}}            | c.yaml:1:23: network: unknown key 'ethernet'; did you mean 'ethernets'?
            network: {version: 2, ethernets: {e: [a]}}     | c.yaml:1:38: network: 'ethernets.e' must be a mapping, not a list
            """)
    void answersBadInput(String yaml, String expected) {
        NetworkReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);

        assertThat(messages()).contains(expected);
    }

    @Test
    void refusesANameAndAnAddressTwice() {
        NetworkReader.read(ConfigFiles.parse("c.yaml", """
                        network:
                          version: 1
                          config:
                          - {type: physical, name: e, mac_address: '52:54:00:00:00:01'}
                          - {type: physical, name: e, mac_address: '52:54:00:00:00:01'}
                        """, problems), problems);

        assertThat(messages())
                .containsExactly(
                        "c.yaml:5:22: name 'e' is already used at c.yaml:4:22; change one of them",
                        "c.yaml:5:31: mac_address '52:54:00:00:00:01' is already used at c.yaml:4:31; change one of them");
    }
}
