package dev.vmtest.peer;

import static dev.vmtest.peer.PlannedNetwork.ip;
import static dev.vmtest.peer.PlannedNetwork.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Derive the opposite of network sections of both versions. */
class PeerPlannerTests {

    @Test
    void aGatewayIsAStationWhereItsSubnetIs() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 1
                  config:
                    - {type: physical, name: a, mac_address: '52:54:00:12:34:00'}
                    - type: physical
                      name: b
                      mac_address: '52:54:00:12:34:02'
                      subnets: [{type: static, address: 10.1.0.5/24, gateway: 10.1.0.1}]
                """);

        assertThat(plan.lans()).singleElement().satisfies(lan -> {
            assertThat(lan.wires()).containsExactly(wire(1));
            assertThat(lan.stations())
                    .singleElement()
                    .satisfies(station -> assertThat(station.addresses()).containsExactly(ip("10.1.0.1")));
            assertThat(lan.leases4()).isNull();
            assertThat(lan.announcement()).isNull();
        });
        assertThat(plan.goals())
                .extracting(Goal::address, Goal::kind, Goal::size)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ip("10.1.0.1"), Goal.Kind.GATEWAY, 1500),
                        org.assertj.core.groups.Tuple.tuple(ip("203.0.113.77"), Goal.Kind.BEYOND, 0));
        assertThat(plan.goals().get(0).location()).hasToString("net.yaml:8:63");
    }

    @Test
    void aNetworkSaysWhatThereIsOnIt() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a: {match: {macaddress: '52:54:00:12:34:00'}, dhcp4: true}
                  vlans:
                    v: {link: a, id: 7, addresses: [10.1.0.7/24]}
                """);
        assertThat(plan.lans())
                .extracting(Lan::described)
                .satisfiesExactly(
                        first -> assertThat(first).anyMatch(line -> line.startsWith("leases of ")),
                        second -> assertThat(second).containsExactly("VLAN 7", "10.1.0.254"));
    }

    @Test
    void eachSubnetWithoutAGatewayHasANeighbourThatNobodyElseIs() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a:
                      match: {macaddress: '52:54:00:12:34:00'}
                      addresses: [10.1.0.254/24, 10.1.0.7/24, 10.2.0.1/30, 10.3.0.0/31, 10.4.0.4/32, 'fd01::5/64']
                """);

        assertThat(plan.goals())
                .extracting(Goal::address)
                .containsExactly(ip("10.1.0.253"), ip("10.2.0.2"), ip("10.3.0.1"), ip("fd01::feed"));
        assertThat(plan.goals()).extracting(Goal::size).containsExactly(1500, 0, 0, 1500);
    }

    @Test
    void whoAsksForALeaseGetsAServerInANetworkThatIsFree() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a: {match: {macaddress: '52:54:00:12:34:00'}, dhcp4: true}
                    b: {match: {macaddress: '52:54:00:12:34:02'}, addresses: [10.77.0.9/16]}
                """);

        LeasePool pool = Objects.requireNonNull(plan.lans().get(0).leases4());
        assertThat(pool.network()).hasToString("10.78.0.0/24");
        assertThat(pool.server()).isEqualTo(ip("10.78.0.1"));
        assertThat(pool.address(0)).contains(ip("10.78.0.100"));
        assertThat(pool.address(LeasePool.SIZE)).isEmpty();
        assertThat(plan.goals().get(0).kind()).isEqualTo(Goal.Kind.SERVER);
        assertThat(plan.lans().get(1).leases4()).isNull();
    }

    @Test
    void eachWayToAnAddressOfIpv6HasItsAnnouncement() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 1
                  config:
                    - {type: physical, name: a, mac_address: '52:54:00:12:34:00', subnets: [{type: ipv6_slaac}]}
                    - {type: physical, name: b, mac_address: '52:54:00:12:34:02', subnets: [{type: ipv6_dhcpv6-stateless}]}
                    - {type: physical, name: c, mac_address: '52:54:00:12:34:04', subnets: [{type: dhcp6}]}
                """);

        assertThat(plan.lans())
                .extracting(Lan::announcement)
                .extracting(
                        each -> Objects.requireNonNull(each).autonomous() + " " + each.managed() + " " + each.other())
                .containsExactly("true false false", "true false true", "false true true");
        assertThat(plan.lans()).extracting(lan -> lan.leases6() != null).containsExactly(false, true, true);
        assertThat(plan.goals()).extracting(Goal::kind).containsOnly(Goal.Kind.SERVER);
        assertThat(plan.goals()).hasSize(3);
    }

    @Test
    void aVlanIsReachedWithItsTag() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a: {match: {macaddress: '52:54:00:12:34:04'}}
                  vlans:
                    v: {id: 100, link: a, addresses: [10.1.0.2/24]}
                    w: {id: 7, link: v, addresses: [10.2.0.2/24]}
                """);

        assertThat(plan.goals())
                .extracting(Goal::wires)
                .containsExactly(List.of(wire(2, 100)), List.of(wire(2, 100, 7)));
    }

    @Test
    void aBondIsReachedByAnyMemberAndABridgeByEachPort() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a: {match: {macaddress: '52:54:00:12:34:00'}}
                    b: {match: {macaddress: '52:54:00:12:34:02'}}
                    c: {match: {macaddress: '52:54:00:12:34:04'}}
                  bonds:
                    bo: {interfaces: [a, b], parameters: {mode: 802.3ad, lacp-rate: fast}}
                  bridges:
                    br: {interfaces: [bo, c], addresses: [10.1.0.2/24]}
                """);

        assertThat(plan.goals()).extracting(Goal::wires).containsExactly(List.of(wire(0), wire(1)), List.of(wire(2)));
        assertThat(plan.goals()).extracting(Goal::address).containsExactly(ip("10.1.0.254"), ip("10.1.0.253"));
        assertThat(plan.bundles()).singleElement().satisfies(bundle -> {
            assertThat(bundle.nics()).containsExactly(0, 1);
            assertThat(bundle.partner()).isNotNull();
            assertThat(bundle.reachedWithoutAMember())
                    .hasValueSatisfying(goal -> assertThat(goal.address()).isEqualTo(ip("10.1.0.254")));
        });
    }

    @Test
    void aBondThatDoesNotWatchItsMembersIsNotExpectedToLoseOne() {
        String yaml = """
                network:
                  version: 2
                  ethernets:
                    a: {match: {macaddress: '52:54:00:12:34:00'}}
                    b: {match: {macaddress: '52:54:00:12:34:02'}}
                  bonds:
                    bo: {interfaces: [a, b], addresses: [10.1.0.2/24], parameters: {mode: active-backup%s}}
                """;

        Bundle watched = PlannedNetwork.of(yaml.formatted(", mii-monitor-interval: 100"))
                .bundles()
                .get(0);
        Bundle blind = PlannedNetwork.of(yaml.formatted("")).bundles().get(0);

        assertThat(watched.reachedWithoutAMember()).isPresent();
        assertThat(watched.partner()).isNull();
        assertThat(blind.reachedWithoutAMember()).isEmpty();
    }

    @Test
    void aRouteLeadsBeyondItsGateway() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a:
                      match: {macaddress: '52:54:00:12:34:00'}
                      addresses: [10.1.0.2/24]
                      routes:
                        - {to: 10.9.0.0/16, via: 10.1.0.9}
                        - {to: 10.9.1.0/24, via: 10.1.0.8}
                        - {to: 10.5.0.0/16, via: 10.1.0.9, table: 7}
                        - {to: 10.6.0.0/16, type: blackhole}
                    b:
                      match: {macaddress: '52:54:00:12:34:02'}
                      dhcp4: true
                      routes: [{to: 0.0.0.0/0, via: 10.1.1.1, on-link: true}]
                """);

        assertThat(plan.goals())
                .filteredOn(goal -> goal.kind() == Goal.Kind.BEYOND)
                .extracting(Goal::address)
                .containsExactly(ip("10.9.0.1"), ip("10.9.1.1"));
        Station ninth = plan.lans().get(0).stations().get(0);
        assertThat(ninth.answersFor(ip("10.9.77.1"))).isTrue();
        assertThat(ninth.answersFor(ip("10.8.0.1"))).isFalse();
    }

    @Test
    void theSizeOfPacketsIsWhatIsAskedForOrTheUsualOne() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 1
                  config:
                    - type: physical
                      name: a
                      mac_address: '52:54:00:12:34:00'
                      mtu: 9000
                      subnets: [{type: static, address: 10.1.0.2/24}, {type: static6, address: 'fd01::2/64', mtu: 1400}]
                    - {type: vlan, name: v, vlan_link: a, vlan_id: 5, subnets: [{type: static, address: 10.2.0.2/24}]}
                    - {type: physical, name: b, mac_address: '52:54:00:12:34:02', subnets: [{type: dhcp}]}
                """);

        assertThat(plan.goals())
                .extracting(Goal::owner, Goal::size)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 9000),
                        org.assertj.core.groups.Tuple.tuple("a", 1400),
                        org.assertj.core.groups.Tuple.tuple("v", 0),
                        org.assertj.core.groups.Tuple.tuple("b", 1500));
    }

    @Test
    void aNameserverOfTheNetworkIsThere() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 1
                  config:
                    - type: physical
                      name: a
                      mac_address: '52:54:00:12:34:00'
                      subnets: [{type: static, address: 10.1.0.2/24, gateway: 10.1.0.1, dns_nameservers: [10.1.0.1, 10.1.0.3]}]
                    - {type: nameserver, address: [10.1.0.3, 8.8.8.8]}
                """);

        assertThat(plan.goals())
                .filteredOn(goal -> goal.kind() == Goal.Kind.NAMESERVER)
                .extracting(Goal::address)
                .containsExactly(ip("10.1.0.3"));
    }

    @Test
    void whatHasNoOtherEndIsSaidWithItsPlace() {
        PeerPlan plan = PlannedNetwork.of("""
                network:
                  version: 2
                  ethernets:
                    a: {match: {name: 'en*'}, dhcp4: true}
                    b: {match: {macaddress: '52:54:00:12:34:02'}, dhcp4: true, activation-mode: manual}
                  dummy-devices:
                    d: {addresses: [10.1.0.2/24]}
                """);

        assertThat(plan.lans()).isEmpty();
        assertThat(plan.unreached()).extracting(Unreached::subject).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(plan.unreached())
                .allSatisfy(each -> assertThat(each.location().toString()).startsWith("net.yaml:"));
    }

    @Test
    void theOnlyCardIsTheOnlyNic() {
        PeerPlan plan = PlannedNetwork.of(
                "network: {version: 2, ethernets: {ens3: {dhcp4: true}}}", List.of("52:54:00:12:34:01"));

        assertThat(plan.lans())
                .singleElement()
                .satisfies(lan -> assertThat(lan.wires()).containsExactly(wire(0)));
    }

    @Test
    void aNetworkThatIsDisabledHasNoOtherEnd() {
        PeerPlan plan = PlannedNetwork.of("network: {config: disabled}");

        assertThat(plan.lans()).isEmpty();
        assertThat(plan.goals()).isEmpty();
    }
}
