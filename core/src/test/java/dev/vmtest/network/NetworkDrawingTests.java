package dev.vmtest.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.drawing.BoxDrawing;
import dev.vmtest.installconfig.InstallConfig;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NetworkDrawingTests {

    private static final List<String> CARDS = List.of("52:54:00:12:34:00", "52:54:00:12:34:02", "52:54:00:12:34:04");

    private static final String SECTION = """
            network:
              version: 1
              config:
                - {type: physical, name: lan0, mac_address: '52:54:00:12:34:00', subnets: [{type: dhcp4}]}
                - {type: physical, name: m0, mac_address: '52:54:00:12:34:02'}
                - {type: physical, name: m1, mac_address: '52:54:00:12:34:04'}
                - type: bond
                  name: bond0
                  bond_interfaces: [m0, m1]
                  mac_address: '52:54:00:12:34:66'
                  params: {bond-mode: active-backup}
                - type: vlan
                  name: bond0.100
                  vlan_link: bond0
                  vlan_id: 100
                  mtu: 1400
                  subnets: [{type: static, address: 10.23.100.11/24}]
                - type: bridge
                  name: br0
                  bridge_interfaces: [lan0]
            """;

    private static String drawing(String yaml, List<NetworkDrawing.FarSide> farSides) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(List.of(ConfigFiles.parse("net.yaml", yaml, problems)), problems);
        problems.throwIfAny();
        return NetworkDrawing.svg(Objects.requireNonNull(config.network()), CARDS, farSides);
    }

    private static List<String> titles(String svg) {
        return svg.lines()
                .filter(line -> line.startsWith("<g "))
                .map(line -> line.replaceAll(".*<title>(.*)</title>.*", "$1"))
                .toList();
    }

    @Test
    void eachInterfaceSaysWhatItIsAndStandsOnWhatItNeeds() {
        String svg = drawing(
                SECTION,
                List.of(new NetworkDrawing.FarSide(
                        "peer of bond0.100", List.of("VLAN 100", "10.23.100.254"), Set.of(1, 2))));
        assertThat(titles(svg))
                .containsExactly(
                        "peer of bond0.100: VLAN 100, 10.23.100.254",
                        "lan0: network card, 52:54:00:12:34:00, segment 1, DHCP of IPv4",
                        "m0: network card, 52:54:00:12:34:02, segment 2",
                        "m1: network card, 52:54:00:12:34:04, segment 3",
                        "bond0: bond, active-backup, takes 52:54:00:12:34:66",
                        "bond0.100: VLAN 100, MTU 1400, 10.23.100.11/24",
                        "br0: bridge");
        assertThat(svg.split("<path ", -1))
                .as("peer to two cards, two to the bond, one on it, one bridged")
                .hasSize(7);
    }

    @Test
    void aLineLeadsToItsInterface() {
        String svg = drawing(SECTION, List.of());
        assertThat(BoxDrawing.marked(svg, (file, line) -> file.equals("net.yaml") && line == 16))
                .as("the MTU of the VLAN")
                .contains("#b4 .wrong {")
                .doesNotContain("#b3 .wrong");
    }

    @Test
    void endsThatNameEachOtherAndManyAddressesAreDrawn() {
        String addresses = IntStream.range(1, 30)
                .mapToObj(number -> "10.0." + number + ".1/24")
                .collect(Collectors.joining(", "));
        assertThat(titles(drawing("""
                        network:
                          version: 2
                          virtual-ethernets:
                            v0: {peer: v1, addresses: [%s]}
                            v1: {peer: v0}
                        """.formatted(addresses), List.of())))
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first)
                                .startsWith("v0: virtual Ethernet, ")
                                .endsWith("… and 23 more"),
                        second -> assertThat(second).isEqualTo("v1: virtual Ethernet"));
    }
}
