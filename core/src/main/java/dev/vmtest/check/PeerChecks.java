package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.LinkAddress;
import dev.vmtest.facts.NetworkLink;
import dev.vmtest.facts.ReachFacts;
import dev.vmtest.facts.ReachScript;
import dev.vmtest.network.Dhcp;
import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.peer.Bundle;
import dev.vmtest.peer.Goal;
import dev.vmtest.peer.Heard;
import dev.vmtest.peer.Lan;
import dev.vmtest.peer.Leased;
import dev.vmtest.peer.PeerPlan;
import dev.vmtest.peer.PeerWord;
import dev.vmtest.peer.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Check what a network does, with the word of both ends: the installed system says who answered, and the peer says where
 * and how it was asked.
 *
 * <p>Who has no address reaches nobody. So each of these names the checks of the same interface, and of all that it
 * stands on, as what may be the cause.
 */
final class PeerChecks {

    private final Links links;
    private final PeerPlan plan;
    private final PeerWord word;
    private final BothEnds ends;
    private final BundleChecks bundles;

    PeerChecks(NetworkConfig config, PeerPlan plan, PeerWord word) {
        this.links = new Links(config);
        this.plan = plan;
        this.word = word;
        this.ends = new BothEnds(word);
        this.bundles = new BundleChecks(ends);
    }

    /** Return the script by which the installed system finds out its part. */
    CollectScript script() {
        return ReachScript.of(
                plan.goals().stream().map(each -> each.address().toString()).toList(),
                plan.goals().stream()
                        .filter(each -> each.size() > 0)
                        .map(each -> new ReachScript.Size(each.address().toString(), each.size()))
                        .toList(),
                plan.bundles().stream()
                        .flatMap(bundle -> bundle.reachedWithoutAMember().stream()
                                .map(goal -> new ReachScript.Bond(
                                        bundle.name(), goal.address().toString())))
                        .toList());
    }

    /**
     * Return the checks.
     *
     * @param others those of what the system has, which may say why it reaches nobody
     */
    List<Check> list(List<Check> others) {
        List<Check> checks = new ArrayList<>();
        for (Goal goal : plan.goals()) {
            NetworkInterface owner = owner(goal.owner());
            List<String> causes = causes(owner, others);
            checks.add(Check.of(reach(goal), goal.location(), ends.judge(causes, facts -> reached(facts, goal))));
            if (goal.size() > 0) {
                List<String> sizeCauses =
                        Stream.concat(Stream.of(reach(goal)), causes.stream()).toList();
                checks.add(Check.of(
                        Links.name(owner) + ": size of packets to " + goal.address(),
                        sizeLocation(owner, goal),
                        ends.judge(sizeCauses, facts -> sized(facts, goal))));
            }
        }
        for (Lan lan : plan.lans()) {
            checks.addAll(leases(lan, others));
        }
        for (Bundle bundle : plan.bundles()) {
            checks.addAll(bundles.of(bundle, owner(bundle.bond()), causes(owner(bundle.bond()), others)));
        }
        plan.unreached()
                .forEach(each -> checks.add(Check.notJudged(
                        "interface " + each.subject() + ": reaches its neighbours", each.location(), each.reason())));
        return checks;
    }

    private NetworkInterface owner(String id) {
        return links.config().find(id).orElseThrow();
    }

    private String reach(Goal goal) {
        return Links.name(owner(goal.owner())) + ": reaches " + goal.address();
    }

    private static Location sizeLocation(NetworkInterface owner, Goal goal) {
        var ipv6Mtu = owner.settings().ipv6Mtu();
        var mtu = owner.settings().mtu();
        if (goal.address().family() == Family.IPV6 && ipv6Mtu != null) {
            return ipv6Mtu.location();
        }
        return mtu == null ? owner.mark().location() : mtu.location();
    }

    /** What an interface stands on, and the routes of none, may be why it reaches nobody. */
    private List<String> causes(NetworkInterface owner, List<Check> others) {
        List<String> beginnings = new ArrayList<>();
        List<NetworkInterface> stack = new ArrayList<>(List.of(owner));
        for (int index = 0; index < stack.size(); index++) {
            beginnings.add(Links.name(stack.get(index)) + ": ");
            stack.get(index).references().stream()
                    .flatMap(reference -> links.config().find(reference.id()).stream())
                    .filter(below -> !stack.contains(below))
                    .forEach(stack::add);
        }
        beginnings.add("route ");
        beginnings.add("network: ");
        return others.stream()
                .filter(check -> check.notJudged().isEmpty())
                .map(Check::name)
                .filter(name -> beginnings.stream().anyMatch(name::startsWith))
                .toList();
    }

    private Outcome reached(Facts facts, Goal goal) {
        String address = goal.address().toString();
        boolean answered = facts.network()
                .reach()
                .echo(address)
                .filter(ReachFacts.Echo::answered)
                .isPresent();
        Optional<Heard> right = heard(goal)
                .filter(each -> each.via().equals(goal.station()))
                .filter(each -> each.what() == Heard.What.ECHO)
                .findFirst();
        String where = goal.wires().stream()
                .map(wire -> wire.text(plan.macAddresses()))
                .distinct()
                .collect(Collectors.joining(" or "));
        if (answered && right.isPresent()) {
            return Outcome.passed(address + " answered " + right.get().from() + " on "
                    + right.get().wire().text(plan.macAddresses()));
        }
        String error = facts.network()
                .reach()
                .echo(address)
                .map(ReachFacts.Echo::error)
                .filter(text -> !text.isEmpty())
                .map(text -> "; the system says: " + text)
                .orElse("");
        return Outcome.failed(
                address + " should answer on " + where + " but " + instead(goal) + error + recording(goal));
    }

    /** Say where the peer heard of an address that should have been asked elsewhere. */
    private String instead(Goal goal) {
        String address = goal.address().toString();
        List<String> elsewhere = word.heard().stream()
                .filter(each -> each.to().equals(address) && !goal.wires().contains(each.wire()))
                .map(each -> each.wire().text(plan.macAddresses()))
                .distinct()
                .toList();
        if (!elsewhere.isEmpty()) {
            return "was looked for on " + String.join(", ", elsewhere);
        }
        List<String> others = heard(goal)
                .filter(each -> each.what() == Heard.What.ECHO)
                .map(Heard::via)
                .distinct()
                .toList();
        if (!others.isEmpty() && !others.contains(goal.station())) {
            return "was asked by way of another neighbour, " + others;
        }
        return others.isEmpty() && heard(goal).findAny().isEmpty()
                ? "nobody looked for it"
                : "the answer did not arrive";
    }

    private Stream<Heard> heard(Goal goal) {
        String address = goal.address().toString();
        return word.heard().stream()
                .filter(each -> each.to().equals(address) && goal.wires().contains(each.wire()));
    }

    private String recording(Goal goal) {
        return ends.recording(goal.wires().stream().map(Wire::nic).toList());
    }

    private Outcome sized(Facts facts, Goal goal) {
        String address = goal.address().toString();
        Optional<ReachFacts.Size> found = facts.network().reach().size(address);
        boolean arrived = heard(goal).anyMatch(each -> each.bytes() >= goal.size());
        boolean larger = heard(goal).anyMatch(each -> each.bytes() > goal.size());
        if (found.isEmpty() || found.get().size() != goal.size() || !found.get().passes() || !arrived) {
            return Outcome.failed("a packet of " + goal.size() + " bytes to " + address + " should pass but "
                    + found.filter(size -> !size.error().isEmpty())
                            .map(size -> "the system says: " + size.error())
                            .orElse(arrived ? "the answer did not arrive" : "it did not arrive")
                    + recording(goal));
        }
        return found.get().isLargerRefused() && !larger
                ? Outcome.passed(
                        "packets of " + goal.size() + " bytes pass to " + address + ", and none that is larger")
                : Outcome.failed("packets of more than " + goal.size() + " bytes should not pass to " + address
                        + " but they do" + recording(goal));
    }

    private List<Check> leases(Lan lan, List<Check> others) {
        NetworkInterface owner = owner(lan.owner());
        List<String> causes = causes(owner, others);
        List<Check> checks = new ArrayList<>();
        if (lan.leases4() != null) {
            checks.add(leased(owner, owner.addressing().dhcp(Family.IPV4).orElseThrow(), lan, causes));
        }
        Optional<Dhcp> dhcp6 = owner.addressing().dhcp(Family.IPV6).filter(Dhcp::givesAddress);
        if (lan.leases6() != null && dhcp6.isPresent()) {
            checks.add(leased(owner, dhcp6.get(), lan, causes));
        }
        boolean isMain = plan.lans().stream()
                .filter(each -> each.owner().equals(lan.owner()))
                .findFirst()
                .filter(lan::equals)
                .isPresent();
        if (isMain && owner.addressing().dhcp().isEmpty()) {
            checks.add(Check.of(
                    Links.name(owner) + ": asks for no lease",
                    owner.mark().location("subnets"),
                    ends.judge(causes, facts -> asksForNoLease(lan))));
        }
        return checks;
    }

    private Outcome asksForNoLease(Lan lan) {
        Optional<Heard> wrong = word.heard().stream()
                .filter(each ->
                        each.what() == Heard.What.LEASE_WANTED && lan.wires().contains(each.wire()))
                .findFirst();
        return wrong.map(each -> Outcome.failed(
                        "a lease is asked for on " + each.wire().text(plan.macAddresses()) + " by " + each.source()
                                + ends.recording(List.of(each.wire().nic()))))
                .orElseGet(() -> Outcome.passed("no lease was asked for"));
    }

    private Check leased(NetworkInterface owner, Dhcp dhcp, Lan lan, List<String> causes) {
        return Check.of(
                Links.name(owner) + ": lease of " + dhcp.family().word() + " is the peer's",
                dhcp.location(),
                ends.judge(causes, facts -> leased(facts, owner, dhcp.family(), lan)));
    }

    private Outcome leased(Facts facts, NetworkInterface owner, Family family, Lan lan) {
        List<IpAddress> given = word.leased().stream()
                .filter(each -> lan.wires().contains(each.wire()))
                .map(Leased::address)
                .filter(address -> address.family() == family)
                .toList();
        Optional<NetworkLink> link = links.find(facts, owner);
        List<LinkAddress> held = link.map(NetworkLink::addresses).orElse(List.of());
        return held.stream()
                .flatMap(each -> IpAddress.parse(each.address()).stream())
                .filter(given::contains)
                .findFirst()
                .map(address -> Outcome.passed("the peer gave " + address))
                .orElseGet(() -> Outcome.failed(owner.settings().shownName()
                        + " should have what the peer gave, which is "
                        + given + ", but has " + held
                        + ends.recording(lan.wires().stream().map(Wire::nic).toList())));
    }
}
