package dev.vmtest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Placed;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.network.NetworkCases.Case;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkConfigReaderTests {

    private final Problems problems = new Problems();

    private NetworkConfig read(String yaml) {
        NetworkConfig config = NetworkReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        assertThat(problems.all()).extracting(Problem::toString).isEmpty();
        return Objects.requireNonNull(config);
    }

    private static <T> T element(NetworkConfig config, String id, Class<T> kind) {
        return kind.cast(config.find(id).orElseThrow());
    }

    static Stream<Case> invalid() {
        return NetworkCases.read("invalid.txt").stream();
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Case row) {
        assertThat(row.messages()).isNotEmpty();
        assertThat(NetworkCases.messages(row.yaml())).containsExactlyElementsOf(row.messages());
    }

    @Test
    void hasAHundredInvalidRows() {
        assertThat(invalid()).hasSizeGreaterThan(100);
        assertThat(invalid().map(Case::title)).doesNotHaveDuplicates();
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
                      mtu: 1400
                      routes:
                      - {network: '::', netmask: '::', gateway: 'fd00:1:2::1', metric: 5}
                  - {type: physical, name: interface1, mac_address: '52:54:00:12:34:02', id: i1, mtu: null}
                  - {type: bond, name: bond0, bond_interfaces: [interface0, interface1], params: {bond-mode: 1, bond_miimon: 100, bond-xmit_hash_policy: layer3+4}}
                  - {type: bridge, name: br0, bridge_interfaces: [bond0], params: {bridge_stp: off, bridge_fd: 1, bridge_pathcost: [bond0 50], bridge_hw: '52:54:00:12:34:0F', bridge_waitport: 1 bond0}}
                  - {type: vlan, name: interface1.2667, vlan_link: interface1, vlan_id: 2667, mtu: 1500, subnets: [{type: manual, control: manual}]}
                  - {type: nameserver, address: [10.0.2.3, 'fd00::1'], search: example.org}
                  - {type: route, destination: 10.9.0.0/16, gateway: 10.5.20.1, metric: 3}
                """);

        assertThat(config.version()).isEqualTo(1);
        assertThat(config.macAddresses()).containsExactly("52:54:00:12:34:0a", "52:54:00:12:34:02");
        assertThat(config.interfaces())
                .extracting(NetworkInterface::getClass)
                .containsExactly(Ethernet.class, Ethernet.class, Bond.class, Bridge.class, Vlan.class);
        Addressing first = config.interfaces().get(0).addressing();
        assertThat(first.dhcp(Family.IPV4)).isPresent();
        assertThat(first.addresses())
                .extracting(address -> address.network().toString())
                .containsExactly("10.5.20.11/24", "fd00:1:2::3/64");
        assertThat(first.routes())
                .extracting(NetworkRoute::describe)
                .containsExactly("default via 10.5.20.254", "default via fd00:1:2::1 metric 5");
        assertThat(first.nameservers()).extracting(Placed::value).hasToString("[8.8.8.8]");
        assertThat(first.searchDomains()).extracting(Placed::value).containsExactly("a.example", "b.example");
        assertThat(config.nameservers().get(0).addresses())
                .extracting(Placed::value)
                .hasToString("[10.0.2.3, fd00::1]");
        assertThat(config.routes())
                .extracting(NetworkRoute::describe)
                .containsExactly("10.9.0.0/16 via 10.5.20.1 metric 3");
        InterfaceSettings settings = config.interfaces().get(0).settings();
        assertThat(settings.askedMtu()).contains(1492);
        assertThat(settings.ipv6Mtu()).isNotNull().extracting(Placed::value).isEqualTo(1400);
        assertThat(settings.activation()).isEqualTo(Activation.AT_BOOT);
    }

    @Test
    void readsWhatStandsOnOthersInVersion1() {
        NetworkConfig config = read("""
                network:
                  version: 1
                  config:
                  - {type: physical, name: a}
                  - {type: physical, name: b}
                  - {type: bond, name: bond0, bond_interfaces: [a], params: {bond-mode: 1, bond_miimon: 100, bond-arp-ip-target: [10.0.0.1, 10.0.0.2]}}
                  - {type: bridge, name: br0, bridge_interfaces: [bond0, b], params: {bridge_stp: off, bridge_fd: 1, bridge_ageing: 250, bridge_pathcost: [bond0 50, b 75], bridge_hw: '52:54:00:12:34:0F', bridge_waitport: 1 bond0}}
                  - {type: vlan, name: v, vlan_link: br0, vlan_id: 2667, subnets: [{type: manual, control: manual}]}
                """);

        Bond bond = element(config, "bond0", Bond.class);
        assertThat(bond.mode()).isEqualTo("active-backup");
        assertThat(bond.parameters())
                .extracting(Setting::attribute, Setting::value)
                .containsExactly(
                        tuple("mode", "active-backup"),
                        tuple("miimon", "100"),
                        tuple("arp_ip_target", "10.0.0.1 10.0.0.2"));
        Bridge bridge = element(config, "br0", Bridge.class);
        assertThat(bridge.parameters())
                .filteredOn(Setting::isShown)
                .extracting(Setting::attribute, Setting::value, Setting::port)
                .containsExactly(
                        tuple("stp_state", "0", null),
                        tuple("forward_delay", "100", null),
                        tuple("ageing_time", "25000", null),
                        tuple("path_cost", "50", "bond0"),
                        tuple("path_cost", "75", "b"));
        assertThat(bridge.settings().macAddress())
                .isNotNull()
                .extracting(Placed::value)
                .isEqualTo("52:54:00:12:34:0f");
        Vlan vlan = element(config, "v", Vlan.class);
        assertThat(vlan.vlanId().value()).isEqualTo(2667);
        assertThat(vlan.settings().activation()).isEqualTo(Activation.BY_HAND);
        assertThat(config.masterOf("b")).contains(bridge);
        assertThat(config.masterOf("v")).isEmpty();
        assertThat(vlan.mark().location("vlan_id")).hasToString("c.yaml:8:43");
    }

    @Test
    void readsVersion2() {
        NetworkConfig config = read("""
                network:
                  network:
                    version: 2
                    renderer: networkd
                    ethernets:
                      id0: {match: {macaddress: '52:54:00:12:34:00'}, set-name: interface0, dhcp4: true, dhcp4-overrides: {use-dns: false, route-metric: 50}}
                      id1: {match: {mac_address: '52:54:00:12:34:01'}, set-name: interface1}
                      any: {match: {name: 'enp*', driver: [virtio*]}, wakeonlan: true, optional: true}
                      eth1:
                        addresses: [192.168.14.2/24, 'fd00::2/64': {label: home, lifetime: 0}]
                        mtu: 1400
                        gateway4: 192.168.14.1
                        accept-ra: false
                        link-local: [ipv4]
                        nameservers: {addresses: [10.0.0.3], search: [example.org]}
                        routes:
                        - {to: default, via: 'fd00::1', metric: 7, table: 5, on-link: true}
                        - {to: 10.1.2.3, type: blackhole}
                        routing-policy: [{from: 192.168.14.0/24, table: 5, priority: 10}]
                    bridges:
                      br0: {interfaces: [eth1], parameters: {stp: false, ageing-time: 500ms, path-cost: {eth1: 5}}}
                      br-empty: {openvswitch: {}}
                    bonds:
                      bond0: {interfaces: [id0, id1], parameters: {mode: 802.3ad, lacp-rate: fast, mii-monitor-interval: 1s}}
                    vlans:
                      v9: {id: 9, link: bond0}
                    dummy-devices: {d: {}}
                    virtual-ethernets: {x: {peer: y}, y: {peer: x}}
                    tunnels: {t: {mode: vxlan, id: 5, link: eth1, local: 192.168.14.2}}
                    vrfs: {r: {table: 9, interfaces: [v9], routes: [{to: default, via: 10.3.0.1, on-link: true}]}}
                """);

        assertThat(config.macAddresses()).containsExactly("52:54:00:12:34:00", "52:54:00:12:34:01");
        assertThat(config.find("id0").orElseThrow().name()).contains("interface0");
        assertThat(config.find("any").orElseThrow().name()).isEmpty();
        assertThat(config.find("any").orElseThrow().settings().notJudged())
                .extracting(Placed::value)
                .containsExactly("optional", "wakeonlan");
        assertThat(config.find("id0").orElseThrow().addressing().dhcp(Family.IPV4))
                .hasValueSatisfying(dhcp -> assertThat(dhcp)
                        .extracting(Dhcp::metric, Dhcp::usesNameservers, Dhcp::usesRoutes)
                        .containsExactly(50, false, true));
        Addressing eth1 = config.find("eth1").orElseThrow().addressing();
        assertThat(eth1.addresses())
                .extracting(address -> address.network().toString(), StaticAddress::label, StaticAddress::isDeprecated)
                .containsExactly(tuple("192.168.14.2/24", null, false), tuple("fd00::2/64", "home", true));
        assertThat(eth1.refusesAdvertisements()).isTrue();
        assertThat(eth1.routes())
                .extracting(NetworkRoute::describe)
                .containsExactly(
                        "default via 192.168.14.1", "default via fd00::1 metric 7 table 5", "blackhole 10.1.2.3/32");
        assertThat(eth1.rules())
                .extracting(RoutingRule::table, RoutingRule::priority)
                .containsExactly(tuple(5, 10));
        assertThat(element(config, "bond0", Bond.class).parameter("miimon"))
                .hasValueSatisfying(setting -> assertThat(setting.value()).isEqualTo("1000"));
        assertThat(element(config, "br0", Bridge.class).parameters())
                .extracting(Setting::attribute, Setting::value)
                .containsExactly(tuple("stp_state", "0"), tuple("ageing_time", "50"), tuple("path_cost", "5"));
        assertThat(element(config, "br-empty", Bridge.class).switched()).isTrue();
        assertThat(element(config, "r", Vrf.class).addressing().routes().get(0).table())
                .isEqualTo(9);
        assertThat(element(config, "t", Tunnel.class).kernelKind()).isEqualTo("vxlan");
    }

    @Test
    void takesWhatMaasWrites() {
        read("""
                network:
                  version: 1
                  config:
                  - {id: ens3, mac_address: '52:54:00:aa:00:01', mtu: 1500, name: ens3, type: physical, subnets: [{type: manual}]}
                  - {id: ens4, mac_address: '52:54:00:aa:00:02', mtu: 1500, name: ens4, type: physical}
                  - id: bond0
                    name: bond0
                    type: bond
                    mac_address: '52:54:00:aa:00:01'
                    mtu: 1500
                    bond_interfaces: [ens3, ens4]
                    params: {bond-downdelay: 0, bond-lacp-rate: fast, bond-miimon: 100, bond-mode: 802.3ad, bond-updelay: 0, bond-xmit-hash-policy: layer3+4, bond-num-grat-arp: 1}
                    subnets:
                    - {address: 10.20.0.5/24, dns_nameservers: [], gateway: 10.20.0.1, type: static}
                  - {id: bond0.7, name: bond0.7, mtu: 1500, type: vlan, vlan_id: 7, vlan_link: bond0, subnets: [{address: 10.7.0.5/24, dns_nameservers: [10.7.0.2], type: static, metric: 5}]}
                  - {type: nameserver, address: [10.20.0.2], search: [maas, example.org]}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network: {config: disabled}",
                "network: {version: 1, config: disabled}",
                "network: {version: 2, config: disabled}",
                "network: {network: {config: disabled}}"
            })
    void readsDisabled(String yaml) {
        assertThat(read(yaml).disabled()).isTrue();
    }

    @Test
    void isNullWithoutASection() {
        assertThat(NetworkReader.read(ConfigFiles.parse("c.yaml", "a: b", problems), problems))
                .isNull();
        assertThat(NetworkReader.read(ConfigFiles.parse("c.yaml", "network:", problems), problems))
                .isNull();
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(NetworkCases.messages("""
                        network:
                          version: 1
                          config:
                          - {type: physical, name: eth0, mtu: 1, subnets: [{type: static, address: 10.0.0.2/24, gateway: 10.0.1.1}]}
                          - {type: vlan, name: v, vlan_link: eth1, vlan_id: 4095}
                        """)).hasSize(4);
    }

    /** Every bridge lists all later ones: as many ways through them as there are subsets. */
    @Test
    void answersManyWaysThroughManyInterfacesSoon() {
        StringBuilder yaml = new StringBuilder("network:\n  version: 2\n  bridges:\n");
        for (int number = 0; number < 60; number++) {
            yaml.append("    b").append(number).append(": {interfaces: [");
            for (int later = number + 1; later < 60; later++) {
                yaml.append('b').append(later).append(", ");
            }
            yaml.append("]}\n");
        }

        assertThat(NetworkCases.messages(yaml.toString())).hasSizeGreaterThan(50);
    }

    @Test
    void leavesKeysThatOnlyAnInstallerKnowsToIt() {
        Problems left = Problems.ofInstallerThatReadsTheFile();
        String yaml = """
                network:
                  version: 1
                  config:
                  - {type: physical, name: e, ipv4_conf: {a: b}}
                  - {type: bond, name: b, bond_interfaces: [e], params: {mode: active-backup}}
                """;
        NetworkReader.read(ConfigFiles.parse("c.yaml", yaml, left), left);

        assertThat(left.all()).isEmpty();
        assertThat(left.warnings()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "::, ::",
        "::1, ::1",
        "FD00:0:0:1::, 'fd00:0:0:1::'",
        "1:0:0:2:0:0:0:3, '1:0:0:2::3'",
        "1:0:2:3:4:5:6:7, '1:0:2:3:4:5:6:7'",
        "::ffff:10.0.0.1, '::ffff:a00:1'"
    })
    void writesAnAddressAsTheKernelDoes(String written, String shown) {
        assertThat(IpAddress.parse(written))
                .hasValueSatisfying(address -> assertThat(address).hasToString(shown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.0.1",
                "1:2",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                ":",
                "a.example",
                "::10.0.0.256",
                "1:2:3:4:5:6:7::8"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eth*, eth0, true",
        "eth?, eth10, false",
        "en[op]*, eno1, true",
        "en[!op]*, eno1, false",
        "a.b, axb, false",
        "[, [, true"
    })
    void matchesNamesByTheirShape(String pattern, String name, boolean expected) {
        assertThat(Match.matches(pattern, name)).isEqualTo(expected);
    }
}
