package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NetworkLink;
import dev.vmtest.network.Bond;
import dev.vmtest.network.Bridge;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.Setting;
import dev.vmtest.network.Tunnel;
import dev.vmtest.network.VirtualEthernet;
import dev.vmtest.network.Vlan;
import dev.vmtest.network.Vrf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Check interfaces that stand on others: their parts, and every parameter that the kernel shows. */
final class StackedLinkChecks {

    private static final Set<String> INTERFACES = Set.of("primary", "active_slave");

    /** The modes in which the kernel heeds an option (kernel documentation, networking/bonding). */
    private static final Map<String, Set<String>> ONLY_IN = Map.of(
            "lacp_rate", Set.of("802.3ad"),
            "ad_select", Set.of("802.3ad"),
            "ad_actor_sys_prio", Set.of("802.3ad"),
            "ad_actor_system", Set.of("802.3ad"),
            "ad_user_port_key", Set.of("802.3ad"),
            "xmit_hash_policy", Set.of("balance-xor", "802.3ad", "balance-tlb"),
            "primary", Set.of("active-backup", "balance-tlb", "balance-alb"),
            "active_slave", Set.of("active-backup", "balance-tlb", "balance-alb"),
            "packets_per_slave", Set.of("balance-rr"),
            "tlb_dynamic_lb", Set.of("balance-tlb", "balance-alb"));

    private final Links links;
    private final InterfaceChecks interfaces;

    StackedLinkChecks(Links links) {
        this.links = links;
        this.interfaces = new InterfaceChecks(links);
    }

    List<Check> of(Bond bond) {
        List<Check> checks = new ArrayList<>();
        if (bond.switched()) {
            return switched(bond, notLookedAt(bond));
        }
        String name = Links.name(bond);
        String membersKey = bond.mark().source().get("interfaces") == null ? "bond_interfaces" : "interfaces";
        checks.add(Check.of(name + ": members", bond.mark().location(membersKey), facts -> members(facts, bond)));
        if (bond.parameter("mode").isEmpty()) {
            checks.add(attribute(bond, name + ": mode", bond.mark().location(), "mode", facts -> Bond.DEFAULT_MODE));
        }
        for (Setting setting : bond.parameters()) {
            Set<String> modes = ONLY_IN.getOrDefault(setting.attribute(), Set.of(bond.mode()));
            if (modes.contains(bond.mode())) {
                checks.add(attribute(
                        bond,
                        name + ": " + setting.key(),
                        setting.location(),
                        setting.attribute(),
                        facts -> INTERFACES.contains(setting.attribute())
                                ? links.nameIn(facts, setting.value())
                                : setting.value()));
            } else {
                checks.add(Check.notJudged(
                        name + ": " + setting.key(),
                        setting.location(),
                        "the kernel heeds it only in the modes " + new TreeSet<>(modes)));
            }
        }
        if (bond.mode().equals("active-backup") && !bond.members().isEmpty()) {
            checks.add(
                    Check.of(name + ": active member", bond.mark().location(membersKey), facts -> active(facts, bond)));
        }
        return checks;
    }

    private Check attribute(
            Bond bond, String name, Location location, String attribute, Function<Facts, String> expected) {
        return Check.of(name, location, interfaces.judge(bond, (facts, link) -> {
            Optional<Map<String, String>> found = facts.network().bond(link.name());
            if (found.isEmpty()) {
                return Outcome.blocked(List.of(Links.presence(bond)), link.name() + " is no bond");
            }
            String value = found.get().getOrDefault(attribute, "");
            // The kernel shows a word and its number, or the addresses of a list.
            String shown = attribute.equals("arp_ip_target") ? value : value.split(" ", 2)[0];
            return Outcome.equal("'" + attribute + "'", expected.apply(facts), shown);
        }));
    }

    private Outcome members(Facts facts, NetworkInterface master) {
        if (links.find(facts, master).isEmpty()) {
            return Outcome.blocked(List.of(Links.presence(master)), "it is not there");
        }
        String name = links.nameIn(facts, master.id());
        Set<String> expected = new TreeSet<>();
        master.references().forEach(reference -> expected.add(links.nameIn(facts, reference.id())));
        Set<String> actual = new TreeSet<>();
        for (NetworkLink link : facts.network().links()) {
            if (name.equals(link.master())) {
                actual.add(link.name());
            }
        }
        List<String> absent = master.references().stream()
                .flatMap(reference -> links.config().find(reference.id()).stream())
                .filter(each -> links.find(facts, each).isEmpty())
                .map(Links::presence)
                .toList();
        Outcome outcome = Outcome.equal("the set of members of " + name, expected, actual);
        return outcome.verdict() == CheckVerdict.FAILED && expected.size() - absent.size() == actual.size()
                ? Outcome.blocked(absent, outcome.message())
                : outcome;
    }

    private Outcome active(Facts facts, Bond bond) {
        String name = links.nameIn(facts, bond.id());
        Optional<Map<String, String>> found = facts.network().bond(name);
        if (found.isEmpty()) {
            return Outcome.blocked(List.of(Links.presence(bond)), name + " is no bond");
        }
        String active = found.get().getOrDefault("active_slave", "");
        boolean primary = bond.parameter("primary")
                .map(setting -> links.nameIn(facts, setting.value()).equals(active))
                .orElse(true);
        if (active.isEmpty()) {
            return Outcome.failed("a member of " + name + " should be active but none is");
        }
        return primary
                ? Outcome.passed(active + " is the active member of " + name)
                : Outcome.failed("the primary should be the active member of " + name + " but " + active + " is");
    }

    List<Check> of(Bridge bridge) {
        if (bridge.switched()) {
            return switched(
                    bridge,
                    Check.of(
                            Links.name(bridge) + ": ports of the switch",
                            bridge.mark().location("interfaces"),
                            facts -> switchPorts(facts, bridge.settings().shownName(), bridge.ports())));
        }
        String name = Links.name(bridge);
        String portsKey = bridge.mark().source().get("interfaces") == null ? "bridge_interfaces" : "interfaces";
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(name + ": ports", bridge.mark().location(portsKey), facts -> members(facts, bridge)));
        for (Setting setting : bridge.parameters()) {
            String port = setting.port();
            String check = name + ": " + setting.key() + (port == null ? "" : " of " + port);
            if (!setting.isShown()) {
                checks.add(Check.notJudged(check, setting.location(), "the kernel does not show it"));
            } else if (port == null) {
                checks.add(Check.of(
                        check,
                        setting.location(),
                        interfaces.judge(
                                bridge,
                                (facts, link) -> facts.network()
                                        .bridge(link.name())
                                        .map(found -> Outcome.equal(
                                                "'" + setting.attribute() + "'",
                                                setting.value(),
                                                found.getOrDefault(setting.attribute(), "")))
                                        .orElseGet(() -> Outcome.blocked(
                                                List.of(Links.presence(bridge)), link.name() + " is no bridge")))));
            } else {
                checks.add(Check.of(check, setting.location(), facts -> port(facts, name, setting, port)));
            }
        }
        return checks;
    }

    private Outcome port(Facts facts, String bridge, Setting setting, String port) {
        return facts.network()
                .port(links.nameIn(facts, port))
                .map(found -> Outcome.equal(
                        "'" + setting.attribute() + "' of " + port,
                        setting.value(),
                        found.getOrDefault(setting.attribute(), "")))
                .orElseGet(() -> Outcome.blocked(
                        List.of(bridge + ": ports", bridge + ": present"), port + " is a port of no bridge"));
    }

    List<Check> of(Vlan vlan) {
        if (vlan.switched()) {
            return switched(vlan, notLookedAt(vlan));
        }
        String name = Links.name(vlan);
        boolean first = vlan.mark().source().get("vlan_id") != null;
        return List.of(
                datum(
                        vlan,
                        name + ": id",
                        vlan.mark().location(first ? "vlan_id" : "id"),
                        "id",
                        facts -> vlan.vlanId().value().toString()),
                datum(vlan, name + ": protocol", vlan.mark().location(), "protocol", facts -> "802.1Q"),
                Check.of(
                        name + ": link",
                        vlan.mark().location(first ? "vlan_link" : "link"),
                        interfaces.judge(vlan, (facts, link) -> below(facts, vlan, link))));
    }

    private Outcome below(Facts facts, Vlan vlan, NetworkLink link) {
        Outcome outcome = Outcome.equal(
                "what " + link.name() + " stands on",
                links.nameIn(facts, vlan.link().value()),
                String.valueOf(link.link()));
        return links.config()
                .find(vlan.link().value())
                .filter(below -> links.find(facts, below).isEmpty())
                .map(below -> Outcome.blocked(List.of(Links.presence(below)), outcome.message()))
                .orElse(outcome);
    }

    private Check datum(
            NetworkInterface each, String name, Location location, String key, Function<Facts, String> expected) {
        return Check.of(
                name,
                location,
                interfaces.judge(
                        each,
                        (facts, link) -> Outcome.equal(
                                "'" + key + "' of " + link.name(),
                                expected.apply(facts),
                                link.datum(key).orElse("none"))));
    }

    List<Check> of(Vrf vrf) {
        return List.of(
                datum(
                        vrf,
                        Links.name(vrf) + ": table",
                        vrf.table().location(),
                        "table",
                        facts -> vrf.table().value().toString()),
                Check.of(
                        Links.name(vrf) + ": members",
                        vrf.mark().location("interfaces"),
                        facts -> members(facts, vrf)));
    }

    List<Check> of(Tunnel tunnel) {
        List<Check> checks = new ArrayList<>();
        String name = Links.name(tunnel);
        var local = tunnel.local();
        if (local != null) {
            checks.add(datum(
                    tunnel,
                    name + ": local",
                    local.location(),
                    "local",
                    facts -> local.value().toString()));
        }
        var remote = tunnel.remote();
        if (remote != null) {
            checks.add(datum(
                    tunnel,
                    name + ": remote",
                    remote.location(),
                    "remote",
                    facts -> remote.value().toString()));
        }
        var id = tunnel.vxlanId();
        if (id != null) {
            checks.add(datum(
                    tunnel,
                    name + ": id",
                    id.location(),
                    "id",
                    facts -> id.value().toString()));
        }
        return checks;
    }

    List<Check> of(VirtualEthernet end) {
        return List.of(Check.of(
                Links.name(end) + ": peer",
                end.peer().location(),
                interfaces.judge(
                        end,
                        (facts, link) -> Outcome.equal(
                                "the other end of " + link.name(),
                                links.nameIn(facts, end.peer().value()),
                                String.valueOf(link.link())))));
    }

    /** Open vSwitch keeps its own database of what it made. */
    private static List<Check> switched(NetworkInterface each, Check own) {
        Check installed = Check.of(
                Links.name(each) + ": package",
                each.mark().location("openvswitch"),
                facts -> SystemChecks.installedPackage(facts, "openvswitch-switch"));
        return List.of(installed, own);
    }

    private static Check notLookedAt(NetworkInterface each) {
        return Check.notJudged(
                Links.name(each) + ": switch", each.mark().location("openvswitch"), "only its bridges are looked at");
    }

    private Outcome switchPorts(Facts facts, String name, List<Placed<String>> ports) {
        if (!facts.network().switches().containsKey(name)) {
            return Outcome.failed("Open vSwitch should have " + name + " but has "
                    + facts.network().switches().keySet());
        }
        Set<String> expected = new TreeSet<>();
        ports.forEach(port -> expected.add(links.nameIn(facts, port.value())));
        Set<String> actual = new TreeSet<>(List.of(
                facts.network().switches().getOrDefault(name, "").strip().split("\\s+", -1)));
        actual.remove("");
        return Outcome.equal("the set of ports of " + name, expected, actual);
    }
}
