package dev.vmtest.check;

import dev.vmtest.config.Placed;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NetworkLink;
import dev.vmtest.network.Activation;
import dev.vmtest.network.Family;
import dev.vmtest.network.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Check what every interface has: its name, its hardware, its state and its sizes. */
final class InterfaceChecks {

    private static final Set<String> WORKING = Set.of("UP", "UNKNOWN");

    /** What systemd-networkd and NetworkManager say of an interface that they did not configure. */
    private static final Set<String> UNCONFIGURED = Set.of("unmanaged", "failed", "disconnected", "unavailable");

    private final Links links;

    InterfaceChecks(Links links) {
        this.links = links;
    }

    List<Check> of(NetworkInterface each) {
        String name = Links.name(each);
        var settings = each.settings();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(Links.presence(each), each.mark().location("name"), facts -> present(facts, each)));
        if (each.cardAddress().isPresent() && each.name().isPresent()) {
            String mac = each.cardAddress().get();
            checks.add(Check.of(
                    name + ": hardware",
                    each.mark().location(each.mark().source().get("match") == null ? "mac_address" : "match"),
                    judge(each, (facts, link) -> Outcome.equal("the address of its card", mac, link.cardAddress()))));
        }
        Placed<String> mac = settings.macAddress();
        if (mac != null && links.config().masterOf(each.id()).isEmpty()) {
            checks.add(Check.of(
                    name + ": MAC address",
                    mac.location(),
                    judge(each, (facts, link) -> Outcome.equal("its MAC address", mac.value(), link.macAddress()))));
        }
        state(each, checks);
        Placed<Integer> mtu = settings.mtu();
        if (mtu != null) {
            checks.add(Check.of(
                    name + ": MTU",
                    mtu.location(),
                    judge(each, (facts, link) -> Outcome.equal("the MTU", mtu.value(), link.mtu()))));
        }
        Placed<Integer> ipv6Mtu = settings.ipv6Mtu();
        boolean speaksIpv6 = !each.addressing().addresses(Family.IPV6).isEmpty();
        if (ipv6Mtu != null) {
            checks.add(Check.of(
                    name + ": IPv6 MTU",
                    ipv6Mtu.location(),
                    judge(each, (facts, link) -> ipv6Mtu(facts, link, ipv6Mtu.value()))));
        } else if (mtu != null && speaksIpv6) {
            checks.add(Check.of(
                    name + ": IPv6 MTU",
                    mtu.location(),
                    judge(
                            each,
                            (facts, link) -> mtu.value() == link.mtu()
                                    ? ipv6Mtu(facts, link, mtu.value())
                                    : Outcome.blocked(List.of(name + ": MTU"), "the interface has another MTU"))));
        }
        for (Placed<String> key : settings.notJudged()) {
            checks.add(
                    Check.notJudged(name + ": " + key.value(), key.location(), "nothing that is collected shows it"));
        }
        return checks;
    }

    private static Outcome ipv6Mtu(Facts facts, NetworkLink link, int asked) {
        return Outcome.equal(
                "the MTU of IPv6",
                String.valueOf(asked),
                facts.network().ipv6Mtu(link.name()).orElse("none"));
    }

    private void state(NetworkInterface each, List<Check> checks) {
        Activation activation = each.settings().activation();
        boolean member = links.config().masterOf(each.id()).isPresent();
        String name = Links.name(each) + ": state";
        switch (activation) {
            case AT_BOOT, HOTPLUG ->
                checks.add(Check.of(name, each.mark().location(), judge(each, (facts, link) -> up(facts, each, link))));
            case UNSAID -> {
                if (member) {
                    checks.add(Check.of(
                            name, each.mark().location(), judge(each, (facts, link) -> up(facts, each, link))));
                }
            }
            case KEPT_DOWN ->
                checks.add(Check.of(
                        name,
                        each.mark().location("activation-mode"),
                        judge(
                                each,
                                (facts, link) -> link.isUp()
                                        ? Outcome.failed(link.name() + " should be kept down but is up")
                                        : Outcome.passed(link.name() + " is down"))));
            case BY_HAND ->
                checks.add(Check.notJudged(
                        name, each.mark().location(), "the administrator brings it up, and there is none in a test"));
        }
    }

    /** What has no ports yet has no carrier, and is as it was asked for. */
    private Outcome up(Facts facts, NetworkInterface each, NetworkLink link) {
        String shown = link.name() + " is " + (link.isUp() ? "up" : "not up") + ", its state is " + link.state();
        boolean empty = isWithoutCarrier(each, 0);
        boolean works = link.isUp() && (empty || WORKING.contains(link.state()));
        String word = facts.network().rendererState(link.name()).orElse("");
        if (works && UNCONFIGURED.contains(word)) {
            return Outcome.failed(
                    link.name() + " is up, but " + facts.network().renderer() + " says that it is " + word);
        }
        if (works) {
            return Outcome.passed(shown);
        }
        String online = facts.network().online().equals("no")
                ? "; " + facts.network().renderer() + " says that the network did not come up"
                : "";
        return Outcome.failed(link.name() + " should be up and work, but " + shown + online);
    }

    private boolean isWithoutCarrier(NetworkInterface each, int depth) {
        if (each.carrier().isPresent()) {
            return depth < 10
                    && links.config()
                            .find(each.carrier().get())
                            .filter(below -> isWithoutCarrier(below, depth + 1))
                            .isPresent();
        }
        return !each.kernelKind().isEmpty() && each.references().isEmpty();
    }

    private Outcome present(Facts facts, NetworkInterface each) {
        var found = links.find(facts, each);
        if (found.isEmpty()) {
            String online = facts.network().online().equals("no")
                    ? "; " + facts.network().renderer() + " says that the network did not come up"
                    : "";
            return Outcome.failed("no interface is " + each.settings().shownName() + ", only "
                    + facts.network().links().stream().map(NetworkLink::name).toList() + online);
        }
        NetworkLink link = found.get();
        String kind = each.kernelKind();
        return kind.isEmpty() || kind.equals(link.kind())
                ? Outcome.passed(link.name() + " is there" + (kind.isEmpty() ? "" : ", a " + kind))
                : Outcome.failed(link.name() + " should be a " + kind + " but is "
                        + (link.kind().isEmpty() ? "hardware" : "a " + link.kind()));
    }

    /** Judge an interface that is there; where it is not, another check says so. */
    java.util.function.Function<Facts, Outcome> judge(
            NetworkInterface each, BiFunction<Facts, NetworkLink, Outcome> rule) {
        return facts -> links.find(facts, each)
                .map(link -> rule.apply(facts, link))
                .orElseGet(() -> Outcome.blocked(
                        List.of(Links.presence(each)), each.settings().shownName() + " is not there"));
    }
}
