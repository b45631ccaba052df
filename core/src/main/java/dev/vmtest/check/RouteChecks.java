package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.KernelRoute;
import dev.vmtest.facts.KernelRule;
import dev.vmtest.network.Dhcp;
import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.IpNetwork;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.NetworkRoute;
import dev.vmtest.network.RouteType;
import dev.vmtest.network.RoutingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Check routes and the rules that choose their tables; and that nobody made a default route unasked. */
final class RouteChecks {

    private final Links links;
    private final InterfaceChecks interfaces;

    RouteChecks(Links links) {
        this.links = links;
        this.interfaces = new InterfaceChecks(links);
    }

    List<Check> of(NetworkInterface each) {
        List<Check> checks = new ArrayList<>();
        for (NetworkRoute route : each.addressing().routes()) {
            checks.add(Check.of(
                    name(each, route),
                    route.location(),
                    interfaces.judge(each, (facts, link) -> route(facts, route, link.name()))));
        }
        for (Dhcp dhcp : each.addressing().dhcp()) {
            Integer metric = dhcp.metric();
            if (metric != null) {
                checks.add(Check.of(
                        Links.name(each) + ": metric of the lease's "
                                + dhcp.family().word() + " routes",
                        dhcp.location(),
                        interfaces.judge(each, (facts, link) -> metric(facts, link.name(), dhcp.family(), metric))));
            }
        }
        for (RoutingRule rule : each.addressing().rules()) {
            checks.add(Check.of(
                    Links.name(each) + ": rule " + describe(rule), rule.location(), facts -> rule(facts, rule)));
        }
        return checks;
    }

    /** Return the checks of the routes of no interface, and of those that nobody asked for. */
    List<Check> ofAll() {
        List<Check> checks = new ArrayList<>();
        for (NetworkRoute route : links.config().routes()) {
            checks.add(Check.of(name(null, route), route.location(), facts -> route(facts, route, null)));
        }
        checks.add(Check.of("network: no other default route", links.config().location(), this::noOtherDefault));
        return checks;
    }

    private static String name(@Nullable NetworkInterface each, NetworkRoute route) {
        return (each == null ? "network" : Links.name(each)) + ": route " + route.describe();
    }

    private Outcome route(Facts facts, NetworkRoute asked, @Nullable String device) {
        List<KernelRoute> near = facts.network().routes().stream()
                .filter(each -> leadsTo(each, asked.destination()) && inTable(each, asked))
                .toList();
        if (near.stream().anyMatch(each -> isRight(each, asked, device))) {
            return Outcome.passed("the kernel has " + asked.describe());
        }
        String tool =
                facts.packages().containsKey("ifupdown") && !facts.packages().containsKey("net-tools")
                        ? "; ifupdown makes routes by net-tools' 'route', which is not installed"
                        : "";
        return Outcome.failed("there should be " + asked.describe() + (device == null ? "" : " on " + device)
                + " but there is " + (near.isEmpty() ? "none to there" : near) + tool);
    }

    private static boolean leadsTo(KernelRoute route, IpNetwork destination) {
        return route.isVersion6() == (destination.family() == Family.IPV6)
                && network(route.destination(), destination.family())
                        .filter(destination.network()::equals)
                        .isPresent();
    }

    private static Optional<IpNetwork> network(String text, Family family) {
        if (text.equals("default") || text.equals("all")) {
            return Optional.of(family.everything());
        }
        return IpNetwork.parse(text)
                .or(() -> IpAddress.parse(text)
                        .map(each -> new IpNetwork(each, each.family().bits())))
                .map(IpNetwork::network);
    }

    private static boolean inTable(KernelRoute route, NetworkRoute asked) {
        return tableName(asked.table()).equals(route.table());
    }

    private static String tableName(@Nullable Integer table) {
        return table == null || table == 254
                ? "main"
                : table == 255 ? "local" : table == 253 ? "default" : table.toString();
    }

    private static boolean isRight(KernelRoute found, NetworkRoute asked, @Nullable String device) {
        Integer metric = asked.metric();
        boolean sameMetric = metric == null || metric == found.metric() || (metric == 0 && found.isVersion6());
        IpAddress gateway = asked.gateway();
        boolean sameGateway = gateway == null
                ? found.gateway().isEmpty()
                : IpAddress.parse(found.gateway()).filter(gateway::equals).isPresent();
        IpAddress source = asked.source();
        boolean sameSource = source == null
                || (found.source() != null
                        && IpAddress.parse(found.source())
                                .filter(source::equals)
                                .isPresent());
        return found.type().equals(asked.type().word())
                && sameMetric
                && sameGateway
                && sameSource
                && (device == null || asked.type() != RouteType.UNICAST || device.equals(found.device()));
    }

    private static Outcome metric(Facts facts, String device, Family family, int metric) {
        List<Long> metrics = facts.network().routes().stream()
                .filter(each ->
                        each.device().equals(device) && each.destination().equals("default"))
                .filter(each -> each.isVersion6() == (family == Family.IPV6)
                        && !each.protocol().equals("ra"))
                .map(KernelRoute::metric)
                .toList();
        return metrics.contains((long) metric)
                ? Outcome.passed("the default route of " + device + " has the metric " + metric)
                : Outcome.failed("the default route of " + device + " should have the metric " + metric
                        + " but those there have " + metrics);
    }

    /** A router announces itself, and a lease brings its own; every other default route is somebody's mistake. */
    private Outcome noOtherDefault(Facts facts) {
        List<KernelRoute> others = new ArrayList<>();
        List<String> causes = new ArrayList<>();
        for (KernelRoute route : facts.network().routes()) {
            if (!route.destination().equals("default")
                    || !route.table().equals("main")
                    || !route.type().equals("unicast")) {
                continue;
            }
            Optional<NetworkInterface> owner = links.config().interfaces().stream()
                    .filter(each -> links.find(facts, each)
                            .filter(link -> link.name().equals(route.device()))
                            .isPresent())
                    .findFirst();
            boolean asked = links.config().routes().stream().anyMatch(each -> isAsked(route, each))
                    || owner.map(each -> isAskedOf(each, route))
                            .orElse(route.protocol().equals("ra"));
            if (!asked) {
                others.add(route);
                owner.ifPresent(each -> each.addressing().routes().stream()
                        .filter(own -> own.isDefault() && (own.family() == Family.IPV6) == route.isVersion6())
                        .forEach(own -> causes.add(name(each, own))));
            }
        }
        for (NetworkInterface each : links.config().interfaces()) {
            if (links.find(facts, each).isEmpty() && asksForDefault(each)) {
                causes.add(Links.presence(each));
            }
        }
        if (others.isEmpty()) {
            return Outcome.passed("every default route was asked for, came with a lease or was announced by a router");
        }
        String message = "there are default routes that nothing asked for: " + others;
        return others.size() <= causes.size() ? Outcome.blocked(causes, message) : Outcome.failed(message);
    }

    private static boolean asksForDefault(NetworkInterface each) {
        return !each.addressing().dhcp().isEmpty()
                || each.addressing().routes().stream().anyMatch(NetworkRoute::isDefault);
    }

    private static boolean isAsked(KernelRoute found, NetworkRoute asked) {
        return asked.isDefault() && leadsTo(found, asked.destination()) && isRight(found, asked, null);
    }

    private static boolean isAskedOf(NetworkInterface owner, KernelRoute route) {
        Family family = route.isVersion6() ? Family.IPV6 : Family.IPV4;
        boolean announced = route.protocol().equals("ra") && !owner.addressing().refusesAdvertisements();
        boolean leased =
                owner.addressing().dhcp(family).filter(Dhcp::usesRoutes).isPresent()
                        && !route.protocol().equals("static");
        return announced || leased || owner.addressing().routes().stream().anyMatch(each -> isAsked(route, each));
    }

    private static String describe(RoutingRule rule) {
        return (rule.from() == null ? "" : "from " + rule.from() + " ")
                + (rule.to() == null ? "" : "to " + rule.to() + " ")
                + "table "
                + tableName(rule.table());
    }

    private static Outcome rule(Facts facts, RoutingRule asked) {
        List<KernelRule> rules = facts.network().rules();
        return rules.stream().anyMatch(each -> isRight(each, asked))
                ? Outcome.passed("the kernel has the rule " + describe(asked))
                : Outcome.failed("there should be the rule " + describe(asked)
                        + (asked.priority() == null ? "" : " with the priority " + asked.priority()) + " but there are "
                        + rules);
    }

    private static boolean isRight(KernelRule found, RoutingRule asked) {
        Integer priority = asked.priority();
        Integer mark = asked.mark();
        return sameEnd(found, found.from(), asked.from())
                && sameEnd(found, found.to(), asked.to())
                && found.table().equals(tableName(asked.table()))
                && (priority == null || priority == found.priority())
                && (mark == null || Objects.equals(found.mark(), "0x" + Integer.toHexString(mark)));
    }

    private static boolean sameEnd(KernelRule rule, String found, @Nullable IpNetwork asked) {
        Family family = rule.isVersion6() ? Family.IPV6 : Family.IPV4;
        return asked == null
                ? found.equals("all")
                : asked.family() == family
                        && network(found, family)
                                .filter(asked.network()::equals)
                                .isPresent();
    }
}
