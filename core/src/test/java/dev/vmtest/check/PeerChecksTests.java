package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.network.IpAddress;
import dev.vmtest.peer.Goal;
import dev.vmtest.peer.Heard;
import dev.vmtest.peer.Leased;
import dev.vmtest.peer.PeerPlan;
import dev.vmtest.peer.PeerPlanner;
import dev.vmtest.peer.PeerWord;
import dev.vmtest.peer.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hold what both ends of a network say against what was asked for, each time with one thing wrong. */
class PeerChecksTests {

    private static final List<String> NICS = List.of("52:54:00:12:34:00", "52:54:00:12:34:02", "52:54:00:12:34:04");
    private static final String LAYOUT = """
            network:
              version: 1
              config:
                - {type: physical, name: a, mac_address: '52:54:00:12:34:00', subnets: [{type: dhcp4}]}
                - {type: physical, name: b, mac_address: '52:54:00:12:34:02'}
                - {type: physical, name: c, mac_address: '52:54:00:12:34:04'}
                - type: bond
                  name: bo
                  bond_interfaces: [b, c]
                  params: {bond-mode: 802.3ad}
                  mtu: 9000
                  subnets:
                    - {type: static, address: 10.1.0.2/24, gateway: 10.1.0.1}
                - type: vlan
                  name: v
                  vlan_link: bo
                  vlan_id: 100
                  subnets: [{type: static, address: 10.2.0.2/24}]
            """;
    private static final InstallConfig CONFIG = FakeSystem.config(LAYOUT);
    private static final PeerPlan PLAN = PeerPlanner.of(Objects.requireNonNull(CONFIG.network()), NICS);
    private static final String LEASE = Objects.requireNonNull(
                    PLAN.lans().get(0).leases4())
            .network()
            .address()
            .toString()
            .replaceFirst("0$", "100");
    private static final String SERVER = "interface a: reaches " + LEASE.replaceFirst("100$", "1");
    private static final String REACH = "interface bo: reaches 10.1.0.1";
    private static final String REACH_V = "interface v: reaches 10.2.0.254";
    private static final String SIZE = "interface bo: size of packets to 10.1.0.1";
    private static final String LOSS = "interface bo: survives the loss of a member";
    private static final String PARTNER = "interface bo: agreement with its partner";

    @TempDir
    Path directory;

    private String reach = "";
    private PeerWord word = PeerWord.NONE;

    @BeforeEach
    void everythingWorks() throws IOException {
        List<Heard> heard = new ArrayList<>();
        List<String> echoes = new ArrayList<>();
        for (Goal goal : PLAN.goals()) {
            String address = goal.address().toString();
            heard.add(new Heard(
                    goal.wires().get(0),
                    Heard.What.ECHO,
                    NICS.get(0),
                    "10.1.0.2",
                    goal.station(),
                    address,
                    Math.max(84, goal.size())));
            echoes.add("{\"address\": \"" + address + "\", \"answered\": true, \"error\": \"\"}");
        }
        List<String> sizes = PLAN.goals().stream()
                .filter(goal -> goal.size() > 0)
                .map(goal ->
                        "{\"address\": \"%s\", \"size\": %d, \"passes\": true, \"error\": \"\", \"largerRefused\": true}"
                                .formatted(goal.address(), goal.size()))
                .toList();
        reach =
                "{\"echoes\": %s, \"sizes\": %s, \"bonds\": [{\"name\": \"bo\", \"lost\": \"b\", \"active\": \"\", \"answered\": true, \"back\": true, \"error\": \"\"}]}"
                        .formatted(echoes, sizes);
        word = new PeerWord(
                true,
                heard,
                List.of(new Leased(
                        new Wire(0, List.of()),
                        NICS.get(0),
                        IpAddress.parse(LEASE).orElseThrow())),
                List.of(1),
                List.of("logs/segment-0.pcap", "logs/segment-1.pcap", "logs/segment-2.pcap"),
                true);
        write("facts/network/addr.json", """
                [{"ifname": "a", "ifindex": 2, "address": "52:54:00:12:34:00", "mtu": 1500, "operstate": "UP", "flags": ["UP"],
                  "addr_info": [{"local": "%s", "prefixlen": 24, "scope": "global", "dynamic": true}]}]""".formatted(LEASE));
        write(
                "facts/network/bonds/bo",
                "ad_partner_mac=" + PLAN.bundles().get(0).partner() + "\nad_num_ports=2\n");
    }

    private void write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<String, CheckResult> results() {
        write("facts/network/reach.json", reach);
        Target target = FakeSystem.TARGET.withPeer(PLAN, word);
        List<Check> own = DerivedChecks.derive(CONFIG, target).stream()
                .filter(check -> check.name()
                        .matches(
                                "interface .*: (reaches .*|size of packets .*|.* is the peer's|asks for no lease|agreement .*"
                                        + "|survives .*)"))
                .toList();
        Map<String, CheckResult> results = new TreeMap<>();
        Check.holdAll(own, Facts.read(directory)).forEach(each -> results.put(each.name(), each));
        return results;
    }

    private List<String> failures() {
        return results().values().stream()
                .filter(each -> each.verdict() == CheckVerdict.FAILED)
                .map(CheckResult::name)
                .toList();
    }

    private void hear(UnaryOperator<Heard> change) {
        word = new PeerWord(
                true,
                word.heard().stream().map(change).toList(),
                word.leased(),
                word.unplugged(),
                word.recordings(),
                true);
    }

    private String message(String name) {
        return Objects.requireNonNull(results().get(name)).message();
    }

    @Test
    void allHoldWhereEverythingWorksAndEachNamesItsLine() {
        assertThat(results().values()).allSatisfy(each -> {
            assertThat(each.verdict()).as(each.name()).isEqualTo(CheckVerdict.PASSED);
            assertThat(each.source()).startsWith("layout.yaml:");
        });
        assertThat(results().keySet())
                .contains(REACH, REACH_V, SERVER, SIZE, LOSS, PARTNER)
                .contains("interface a: lease of IPv4 is the peer's", "interface bo: asks for no lease");
        assertThat(Objects.requireNonNull(results().get(REACH)).source()).isEqualTo("layout.yaml:13:57");
        assertThat(Objects.requireNonNull(results().get(SIZE)).source()).isEqualTo("layout.yaml:11:12");
    }

    @Test
    void whoDoesNotAnswerIsNotReached() {
        reach = reach.replace("\"10.2.0.254\", \"answered\": true", "\"10.2.0.254\", \"answered\": false");

        assertThat(failures()).containsExactly(REACH_V);
        assertThat(message(REACH_V))
                .endsWith("but the answer did not arrive; recorded in logs/segment-1.pcap, logs/segment-2.pcap");
    }

    @Test
    void aWrongTagIsHeard() {
        reach = reach.replace(
                "\"10.2.0.254\", \"answered\": true, \"error\": \"\"",
                "\"10.2.0.254\", \"answered\": false, \"error\": \"No route to host\"");
        hear(each -> each.wire().tags().isEmpty()
                ? each
                : new Heard(
                        new Wire(each.wire().nic(), List.of(101)),
                        Heard.What.WHO_HAS,
                        each.source(),
                        each.from(),
                        each.via(),
                        each.to(),
                        0));

        assertThat(failures()).containsExactly(REACH_V);
        assertThat(message(REACH_V))
                .isEqualTo(
                        "10.2.0.254 should answer on NIC 52:54:00:12:34:02 with tag 100 or NIC 52:54:00:12:34:04 with tag"
                                + " 100 but was looked for on NIC 52:54:00:12:34:02 with tag 101; the system says: No route to"
                                + " host; recorded in logs/segment-1.pcap, logs/segment-2.pcap");
    }

    @Test
    void anAnswerOnAnotherNicIsNoneThatCounts() {
        hear(each -> each.to().equals("10.1.0.1")
                ? new Heard(
                        new Wire(0, List.of()), each.what(), each.source(), each.from(), each.via(), each.to(), 9000)
                : each);

        assertThat(failures()).contains(REACH);
        assertThat(message(REACH)).contains("was looked for on NIC 52:54:00:12:34:00 without a tag");
    }

    @Test
    void anAnswerByWayOfAnotherGatewayIsNoneThatCounts() {
        hear(each -> each.to().equals("10.1.0.1")
                ? new Heard(each.wire(), each.what(), each.source(), each.from(), "02:76:6d:74:00:77", each.to(), 9000)
                : each);

        assertThat(failures()).containsExactly(REACH);
        assertThat(message(REACH)).contains("was asked by way of another neighbour, [02:76:6d:74:00:77]");
    }

    @Test
    void aGuestThatOnlySaysSoIsNotBelieved() {
        hear(each ->
                new Heard(each.wire(), each.what(), each.source(), each.from(), each.via(), "192.0.2.1", each.bytes()));

        assertThat(failures()).contains(REACH, REACH_V, SERVER);
        assertThat(message(REACH)).contains("nobody looked for it");
    }

    @Test
    void aJumboFrameThatDoesNotArriveIsSeen() {
        hear(each -> each.to().equals("10.1.0.1")
                ? new Heard(each.wire(), each.what(), each.source(), each.from(), each.via(), each.to(), 1500)
                : each);

        assertThat(failures()).containsExactly(SIZE);
        assertThat(message(SIZE)).startsWith("a packet of 9000 bytes to 10.1.0.1 should pass but it did not arrive");
    }

    @Test
    void aSystemThatCannotSendAJumboFrameSaysWhy() {
        reach = reach.replace(
                "\"size\": 9000, \"passes\": true, \"error\": \"\"",
                "\"size\": 9000, \"passes\": false, \"error\": \"Message too long\"");

        assertThat(failures()).containsExactly(SIZE);
        assertThat(message(SIZE)).contains("should pass but the system says: Message too long");
    }

    @Test
    void aLargerFrameThatPassesIsSeen() {
        String usual = "interface a: size of packets to " + SERVER.replaceFirst(".* ", "");
        reach = reach.replace(
                "\"size\": 1500, \"passes\": true, \"error\": \"\", \"largerRefused\": true",
                "\"size\": 1500, \"passes\": true, \"error\": \"\", \"largerRefused\": false");

        assertThat(failures()).containsExactly(usual);
        assertThat(message(usual)).startsWith("packets of more than 1500 bytes should not pass");
    }

    @Test
    void anotherServersLeaseIsSeen() {
        word = new PeerWord(true, word.heard(), List.of(), word.unplugged(), word.recordings(), true);

        assertThat(failures()).containsExactly("interface a: lease of IPv4 is the peer's");
    }

    @Test
    void whoAsksForALeaseAlthoughItHasItsOwnAddressIsHeard() {
        List<Heard> heard = new ArrayList<>(word.heard());
        heard.add(new Heard(
                new Wire(1, List.of(100)),
                Heard.What.LEASE_WANTED,
                NICS.get(1),
                "0.0.0.0",
                "ff:ff:ff:ff:ff:ff",
                "255.255.255.255",
                328));
        word = new PeerWord(true, heard, word.leased(), word.unplugged(), word.recordings(), true);

        assertThat(failures()).containsExactly("interface v: asks for no lease");
        assertThat(message("interface v: asks for no lease"))
                .startsWith("a lease is asked for on NIC 52:54:00:12:34:02 with tag 100 by 52:54:00:12:34:02");
    }

    @Test
    void aBondThatHasNotAgreedIsSeen() {
        write("facts/network/bonds/bo", "ad_partner_mac=00:00:00:00:00:00\nad_num_ports=1\n");

        assertThat(failures()).containsExactly(PARTNER);
    }

    @Test
    void aBondThatHasAgreedWithOneMemberOnlyIsSeen() {
        write(
                "facts/network/bonds/bo",
                "ad_partner_mac=" + PLAN.bundles().get(0).partner() + "\nad_num_ports=1\n");

        assertThat(failures()).containsExactly(PARTNER);
    }

    @Test
    void aBondThatDoesNotGoOnIsSeen() {
        reach = reach.replace("\"active\": \"\", \"answered\": true", "\"active\": \"\", \"answered\": false");

        assertThat(failures()).containsExactly(LOSS);
        assertThat(message(LOSS)).contains("without b nobody answered");
    }

    @Test
    void aBondThatWasNeverTriedIsSeen() {
        word = new PeerWord(true, word.heard(), word.leased(), List.of(), word.recordings(), true);
        assertThat(failures()).containsExactly(LOSS);

        reach = reach.replaceFirst("\"bonds\": .*", "\"bonds\": []}");
        assertThat(message(LOSS)).startsWith("bo was not tried");
    }

    @Test
    void whatAnotherCheckSaysIsNotSaidTwice() {
        reach = reach.replace("\"10.2.0.254\", \"answered\": true", "\"10.2.0.254\", \"answered\": false");
        write("facts/network/reach.json", reach);
        Target target = FakeSystem.TARGET.withPeer(PLAN, word);

        // Nothing here has said that there is a VLAN at all.
        assertThat(Check.holdAll(DerivedChecks.derive(CONFIG, target), Facts.read(directory)))
                .filteredOn(each -> each.name().equals(REACH_V))
                .extracting(CheckResult::verdict)
                .containsExactly(CheckVerdict.SKIPPED);
    }

    @Test
    void withoutAPeerNothingHolds() {
        word = PeerWord.NONE;

        assertThat(failures()).contains(REACH, REACH_V, SERVER, SIZE, LOSS, PARTNER);
        assertThat(message(REACH)).isEqualTo("no peer was there in that run, so nobody can say; run the test again");
    }

    @Test
    void whereNobodyIsAtTheOtherEndThereAreNoSuchChecks() {
        List<Check> checks = DerivedChecks.derive(CONFIG, FakeSystem.TARGET);

        assertThat(checks).extracting(Check::name).doesNotContain(REACH, LOSS);
        assertThat(checks)
                .filteredOn(check -> check.name().equals(PARTNER))
                .singleElement()
                .satisfies(check -> assertThat(check.notJudged()).isPresent());
    }

    @Test
    void whatCannotBeReachedIsSaid() {
        InstallConfig config = FakeSystem.config("""
                network:
                  version: 2
                  ethernets: {e: {match: {name: 'en*'}, dhcp4: true}}
                """);
        PeerPlan plan = PeerPlanner.of(Objects.requireNonNull(config.network()), NICS);

        assertThat(DerivedChecks.derive(config, FakeSystem.TARGET.withPeer(plan, word)))
                .filteredOn(check -> check.name().equals("interface e: reaches its neighbours"))
                .singleElement()
                .satisfies(check -> assertThat(check.notJudged()).isPresent());
    }
}
