package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold what the built-in installer does in the network stage, by the command that asks for it. */
class NetworkPlanTests {

    private final Problems problems = new Problems();

    private String plan(String yaml) {
        InstallConfig config = InstallConfig.read(List.of(ConfigFiles.parse("c.yaml", yaml, problems)), problems);
        problems.throwIfAny();
        String script = BuiltinInstaller.plan(config, false, problems).script("test");
        return script.lines()
                .dropWhile(line -> !line.startsWith("in_stage_network()"))
                .takeWhile(line -> !line.equals("}"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static String command(String words) {
        return "network_commands: {builtin: null, mine: [" + words + "]}\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            curtin, net-meta, auto                              | note_boot_nic
            curtin, net-meta, --devices, connected, dhcp        | note_boot_nic
            curtin, net-meta, --devices=eth0, -D, eth1, dhcp    | note_nics eth0 eth1
            curtin, net-meta, dhcp                              | note_nics
            curtin, net-meta, copy                              | note_own_interfaces
            """)
    void withoutASectionTheModeDecides(String words, String expected) {
        assertThat(plan(command(words)).lines().map(String::strip).toList()).contains(expected);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "dhcp", "copy", "custom"})
    void aSectionIsWrittenInEveryModeButOne(String mode) {
        String yaml = command("curtin, net-meta, " + mode) + "network: {version: 1, config: []}\n";

        assertThat(plan(yaml)).contains("note_network").contains("note_rendered_network");
        assertThat(plan(yaml.replace(", " + mode, ", disabled")))
                .doesNotContain("note_network", "note_rendered_network", "note_boot_nic");
    }

    @Test
    void theSectionThatDisablesIsWritten() {
        assertThat(plan("network: {config: disabled}\n"))
                .contains("config: disabled")
                .contains("note_network");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            curtin, net-meta, custom                      | 'net-meta custom' writes the network section, and there is none
            curtin, net-meta, --devices, netboot, dhcp    | curtin does not know yet what 'netboot' means
            curtin, net-meta, everything                  | has no 'curtin net-meta'
            """)
    void whatNobodyCanDoIsRefusedWhereItStands(String words, String expected) {
        plan(command(words));

        assertThat(problems.all().stream().map(Problem::toString).toList())
                .singleElement()
                .satisfies(each -> assertThat(each).startsWith("c.yaml:1:").contains(expected));
    }

    @Test
    void rendersVersion1ForIfupdown() {
        InstallConfig config = InstallConfig.read(List.of(ConfigFiles.parse("c.yaml", """
                network:
                  version: 1
                  config:
                  - {type: vlan, name: v5, vlan_link: a, vlan_id: 5, mtu: 1400, subnets: [{type: static6, address: 'fd00::5/64'}]}
                  - {type: bond, name: bond0, bond_interfaces: [b], params: {bond-mode: 1}, subnets: [{type: manual}]}
                  - {type: bridge, name: br0, bridge_interfaces: [], params: {bridge_fd: 3, bridge_stp: off}}
                  - type: physical
                    name: a
                    mac_address: '52:54:00:00:00:01'
                    subnets:
                    - {type: dhcp4}
                    - {type: static, address: 10.0.0.5/24, gateway: 10.0.0.1, dns_search: [a.example]}
                    - {type: static, address: 10.0.1.5/24}
                  - {type: physical, name: b, mac_address: '52:54:00:00:00:02'}
                  - {type: physical, name: c, subnets: [{type: manual, control: manual}]}
                  - {type: nameserver, address: [10.0.0.3]}
                  - {type: route, destination: 10.9.0.0/16, gateway: 10.0.0.2, metric: 3}
                """, problems)), problems);
        problems.throwIfAny();

        assertThat(InterfacesFile.render(Objects.requireNonNull(config.network())))
                .isEqualTo("""
                auto lo
                iface lo inet loopback
                    dns-nameservers 10.0.0.3

                auto a
                iface a inet dhcp
                    dns-search a.example

                iface a inet static
                    address 10.0.0.5/24
                    post-up ip route add default via 10.0.0.1 || true
                    pre-down ip route del default via 10.0.0.1 || true

                iface a inet static
                    address 10.0.1.5/24

                auto b
                iface b inet manual
                    bond-master bond0
                    bond-mode 1

                # brought up by hand: c
                iface c inet manual

                auto bond0
                iface bond0 inet manual
                    bond-slaves none
                    bond-mode 1

                iface br0 inet manual
                    bridge_fd 3
                    bridge_stp off

                auto v5
                iface v5 inet6 static
                    mtu 1400
                    vlan-raw-device a
                    vlan_id 5
                    address fd00::5/64
                post-up ip route add 10.9.0.0/16 via 10.0.0.2 metric 3 || true
                pre-down ip route del 10.9.0.0/16 via 10.0.0.2 metric 3 || true

                source /etc/network/interfaces.d/*.cfg
                """);
        assertThat(InterfacesFile.rules(Objects.requireNonNull(config.network())))
                .isEqualTo("""
                SUBSYSTEM=="net", ACTION=="add", DRIVERS=="?*", ATTR{address}=="52:54:00:00:00:01", NAME="a"
                SUBSYSTEM=="net", ACTION=="add", DRIVERS=="?*", ATTR{address}=="52:54:00:00:00:02", NAME="b"
                """);
    }
}
