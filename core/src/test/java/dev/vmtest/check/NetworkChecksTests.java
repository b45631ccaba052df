package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.network.NetworkInterface;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold the checks of a network, each failing on a system that is wrong in one way, and no other one with it. */
class NetworkChecksTests {

    private static final String PASSED_ON = "facts/network/cloud/50-curtin-networking.cfg";

    @TempDir
    Path directory;

    private static List<Check> checks(String yaml) {
        return DerivedChecks.derive(FakeSystem.config(yaml), FakeSystem.TARGET).stream()
                .filter(check -> check.name().matches("(network:|interface |nameserver |search domain ).*"))
                .toList();
    }

    private static Map<String, CheckVerdict> verdicts(String yaml, FakeSystem system) {
        Map<String, CheckVerdict> verdicts = new TreeMap<>();
        Check.holdAll(checks(yaml), system.facts()).forEach(each -> verdicts.put(each.name(), each.verdict()));
        return verdicts;
    }

    private static Set<String> failures(String yaml, FakeSystem system) {
        return verdicts(yaml, system).entrySet().stream()
                .filter(each -> each.getValue() == CheckVerdict.FAILED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String layout() {
        return FakeSystem.layout("network.yaml");
    }

    static Stream<Mutation> mutations() {
        return NetworkMutations.all();
    }

    @Test
    void everyCheckPassesOnTheSystemThatWasAskedFor() {
        Map<String, CheckVerdict> verdicts = verdicts(layout(), FakeSystem.network(directory));

        assertThat(verdicts).hasSizeGreaterThan(60);
        assertThat(verdicts.entrySet())
                .filteredOn(each -> each.getValue() != CheckVerdict.PASSED)
                .extracting(Map.Entry::getKey, Map.Entry::getValue)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("interface bond1: lacp-rate", CheckVerdict.NOT_JUDGED),
                        org.assertj.core.api.Assertions.tuple("interface nic4: wakeonlan", CheckVerdict.NOT_JUDGED));
    }

    @Test
    void noCheckPassesOnNothing() {
        Facts facts = Facts.read(directory.resolve("absent"));

        assertThat(checks(layout()))
                .filteredOn(check -> check.notJudged().isEmpty())
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.hold(facts).verdict()).isEqualTo(CheckVerdict.FAILED));
    }

    @Test
    void everyCheckNamesItsLine() {
        assertThat(checks(layout()))
                .allSatisfy(check -> assertThat(check.source()).matches("layout\\.yaml:\\d+:\\d+"));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = FakeSystem.network(directory);
        mutation.change().accept(system);

        assertThat(failures(layout(), system)).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    @Test
    void everyKindOfCheckIsCaughtFailingByTheTable() {
        Set<String> proven = new HashSet<>();
        mutations().forEach(mutation -> mutation.caughtBy().forEach(name -> proven.add(kind(name))));
        Set<String> kinds = checks(layout()).stream()
                .filter(check -> check.notJudged().isEmpty())
                .map(check -> kind(check.name()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(mutations()).hasSizeGreaterThan(50);
        assertThat(proven).containsAll(kinds);
    }

    private static String kind(String name) {
        return name.replaceAll("^interface [^:]+: ", "")
                .replaceAll("^(address|route|rule|nameserver|search domain) .*", "$1");
    }

    /** A kind of interface without checks would throw; every kind is in this section. */
    @Test
    void everyKindOfInterfaceHasChecks() {
        String yaml = """
                network:
                  version: 2
                  ethernets: {e: {}}
                  bonds: {bo: {}}
                  bridges: {br: {}, ovs: {openvswitch: {}}}
                  vlans: {v: {id: 5, link: e}}
                  dummy-devices: {d: {}}
                  virtual-ethernets: {x: {peer: y}, y: {peer: x}}
                  tunnels: {t: {mode: gre, local: 10.0.0.1, remote: 10.0.0.2}}
                  vrfs: {r: {table: 5, interfaces: [d]}}
                """;
        Set<Class<?>> kinds = java.util.Objects.requireNonNull(
                        FakeSystem.config(yaml).network())
                .interfaces()
                .stream()
                .map(Object::getClass)
                .collect(Collectors.toSet());

        assertThat(kinds).hasSize(NetworkInterface.class.getPermittedSubclasses().length - 1);
        assertThat(checks(yaml))
                .extracting(Check::name)
                .contains(
                        "interface r: table",
                        "interface r: members",
                        "interface t: local",
                        "interface t: remote",
                        "interface x: peer",
                        "interface ovs: ports of the switch",
                        "interface d: present");
    }

    @Test
    void aMachineWhoseSystemIsNotToConfigureItsNetwork() {
        String yaml = "network: {config: disabled}\n";
        FakeSystem system = FakeSystem.network(directory).write(PASSED_ON, yaml);
        assertThat(failures(yaml, system)).containsExactly("network: no interface up", "network: nothing rendered");

        system.delete("interfaces.d/50-cloud-init")
                .replace("facts/network/addr.json", "\"MULTICAST\",\"UP\"", "\"MULTICAST\"")
                .replace("facts/network/addr.json", "\"SLAVE\",\"UP\"", "\"SLAVE\"")
                .replace("facts/network/addr.json", "\"MASTER\",\"UP\"", "\"MASTER\"");
        assertThat(failures(yaml, system)).isEmpty();

        system.delete(PASSED_ON);
        assertThat(failures(yaml, system)).containsExactly("network: passed on");
    }

    @Test
    void aSystemWithAnotherRendererThanWasAskedFor() {
        String yaml = "vmtest: {renderer: networkd}\n";
        FakeSystem system = FakeSystem.network(directory);
        assertThat(failures(yaml, system)).containsExactly("network: renderer");

        system.replace("facts/network/online", "renderer=ifupdown", "renderer=networkd");
        assertThat(failures(yaml, system)).isEmpty();
    }

    @Test
    void aServerThatIsAskedByWayOfAnotherInterface() {
        FakeSystem system = FakeSystem.network(directory)
                .write("facts/network/resolved-servers", "Global:\nLink 2 (nic0): 10.0.2.3\nLink 6 (nic4):\n")
                .write("facts/network/resolved-domains", "Link 6 (nic4): example.org\n");
        assertThat(failures(layout(), system)).containsExactly("nameserver 10.0.2.3");

        system.write("facts/network/resolved-servers", "Link 6 (nic4): 10.0.2.3\n");
        assertThat(failures(layout(), system)).isEmpty();
    }

    @Test
    void ipv6HasTheSizeOfItsInterfaceWhereNothingElseIsAskedFor() {
        String yaml = layout().replace("      ipv6-mtu: 1492\n", "");
        FakeSystem system = FakeSystem.network(directory).write(PASSED_ON, yaml);
        assertThat(failures(yaml, system)).isEmpty();

        system.replaceInLine("facts/network/ipv6-mtu", "nic4\t", "1492", "1280");
        assertThat(failures(yaml, system)).containsExactly("interface nic4: IPv6 MTU");

        system.replaceInLine("facts/network/addr.json", "\"ifname\":\"nic4\"", "\"mtu\":1492", "\"mtu\":1500");
        assertThat(failures(yaml, system)).containsExactly("interface nic4: MTU");
    }

    @Test
    void netplanMayHaveAServerTwiceAndMoreThanTheSection() {
        String section = "network: {version: 2, ethernets: {e: {nameservers: {addresses: [10.0.0.3]}}, f: {}},"
                + " bridges: {b: {interfaces: [e, f], parameters: {forward-delay: 4}}}}\n";
        String twice = section.replace("[10.0.0.3]", "[10.0.0.3, 10.0.0.3]")
                .replace("[e, f]", "[f, e]")
                .replace("4}", "'4'}")
                .replace("{version", "{renderer: x, version");
        FakeSystem system = FakeSystem.network(directory)
                .replace("facts/network/online", "renderer=ifupdown", "renderer=networkd")
                .write(PASSED_ON, section)
                .write("facts/network/netplan.yaml", twice);
        assertThat(failures(section, system)).doesNotContain("network: netplan");

        system.write("facts/network/netplan.yaml", twice.replace("10.0.0.3, ", "10.0.0.4, "));
        assertThat(failures(section, system)).contains("network: netplan");
        system.delete("facts/network/netplan.yaml");
        assertThat(failures(section, system)).contains("network: netplan");
    }

    @Test
    void anInstallThatIsToWriteNoNetwork() {
        String yaml = """
                network_commands:
                  builtin: null
                  disabled: [curtin, net-meta, disabled]
                """;
        FakeSystem system = FakeSystem.network(directory);
        assertThat(failures(yaml, system)).containsExactly("network: nothing passed on");

        system.delete(PASSED_ON);
        assertThat(verdicts(yaml, system))
                .containsExactly(Map.entry("network: nothing passed on", CheckVerdict.PASSED));
    }

    @Test
    void anAddressThatACommandAddsIsAskedFor() {
        String added = "{\"family\":\"inet\",\"local\":\"10.99.0.1\",\"prefixlen\":24,\"scope\":\"global\"}";
        FakeSystem system = FakeSystem.network(directory)
                .replaceInLine(
                        "facts/network/addr.json", "\"ifname\":\"nic3\"", "\"addr_info\":[", "\"addr_info\":[" + added)
                .write("interfaces.d/own.cfg", "iface nic3 inet static\n");
        assertThat(failures(layout(), system))
                .containsExactly("interface nic3: no other address", "network: no other file");

        String yaml = layout() + """
                write_files:
                  own: {path: /etc/network/interfaces.d/own.cfg, content: "iface nic3 inet static\\n  address 10.99.0.1/24\\n"}
                """;
        assertThat(failures(yaml, system)).isEmpty();
    }

    @Test
    void whatWasAskedNotToBeAnnouncedIsNotRight() {
        String yaml = layout().replace("set-name: nic0, dhcp4: true", "set-name: nic0, dhcp4: true, accept-ra: false");
        FakeSystem system = FakeSystem.network(directory).write(PASSED_ON, yaml);

        assertThat(failures(yaml, system))
                .containsExactly("interface nic0: no other address", "network: no other default route");
    }

    @Test
    void whatIsAskedOfTheAdministratorIsNotJudged() {
        String yaml = layout().replace("      mtu: 1492\n", "      activation-mode: manual\n");
        Map<String, CheckVerdict> verdicts =
                verdicts(yaml, FakeSystem.network(directory).write(PASSED_ON, yaml));

        assertThat(verdicts)
                .containsEntry("interface nic4: state", CheckVerdict.NOT_JUDGED)
                .containsEntry("interface nic4: addresses", CheckVerdict.NOT_JUDGED);
    }

    @Test
    void saysWhichToolIsMissingWhereARouteOrAResolverIs() {
        FakeSystem system = FakeSystem.network(directory)
                .removeLines("facts/network/route-4.json", "10.9.0.0")
                .replace("resolv.conf", "10.0.2.3", "10.0.2.4");

        assertThat(Check.holdAll(checks(layout()), system.facts()))
                .filteredOn(result -> !result.passed() && result.verdict() == CheckVerdict.FAILED)
                .extracting(CheckResult::message)
                .anyMatch(message -> message.contains("net-tools"))
                .anyMatch(message -> message.contains("resolvconf"));
    }

    @Test
    void anInterfaceThatNeverCameSaysWhoSaysSo() {
        FakeSystem system = FakeSystem.network(directory)
                .removeLines("facts/network/addr.json", "\"ifname\":\"br0\"")
                .replace("facts/network/online", "online=yes", "online=no");

        assertThat(Check.holdAll(checks(layout()), system.facts()))
                .filteredOn(result -> result.name().equals("interface br0: present"))
                .singleElement()
                .satisfies(result ->
                        assertThat(result.message()).contains("ifupdown says that the network did not come up"));
    }
}
