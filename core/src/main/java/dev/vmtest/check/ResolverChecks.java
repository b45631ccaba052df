package dev.vmtest.check;

import dev.vmtest.config.Placed;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NetworkLink;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Check the nameservers and search domains as programs find them: those of an interface on that interface, where the
 * resolver tells them apart.
 */
final class ResolverChecks {

    private final Links links;

    ResolverChecks(Links links) {
        this.links = links;
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        links.config().nameservers().forEach(each -> add(checks, null, each.addresses(), each.searchDomains()));
        for (NetworkInterface each : links.config().interfaces()) {
            add(checks, each, each.addressing().nameservers(), each.addressing().searchDomains());
        }
        return checks;
    }

    private void add(
            List<Check> checks,
            @Nullable NetworkInterface each,
            List<Placed<IpAddress>> servers,
            List<Placed<String>> domains) {
        for (Placed<IpAddress> server : servers) {
            checks.add(Check.of(
                    "nameserver " + server.value(), server.location(), facts -> server(facts, each, server.value())));
        }
        for (Placed<String> domain : domains) {
            checks.add(Check.of(
                    "search domain " + domain.value(),
                    domain.location(),
                    facts -> domain(facts, each, domain.value())));
        }
    }

    private Outcome server(Facts facts, @Nullable NetworkInterface each, IpAddress asked) {
        Optional<String> link = link(facts, each);
        Optional<List<String>> ofLink = link.flatMap(facts.network()::nameserversOf);
        List<String> servers = ofLink.orElseGet(facts.network()::nameservers);
        String way = ofLink.isPresent() ? " by way of " + link.orElse("") : "";
        return servers.stream().map(IpAddress::parse).flatMap(Optional::stream).anyMatch(asked::equals)
                ? Outcome.passed("names are asked of " + asked + way)
                : Outcome.failed(
                        "names should be asked of " + asked + way + " but are of " + servers + missingTool(facts));
    }

    private Outcome domain(Facts facts, @Nullable NetworkInterface each, String asked) {
        Optional<String> link = link(facts, each);
        Optional<List<String>> ofLink = link.flatMap(facts.network()::searchDomainsOf);
        List<String> domains = ofLink.orElseGet(facts.network()::searchDomains);
        String way = ofLink.isPresent() ? " by way of " + link.orElse("") : "";
        return domains.contains(asked)
                ? Outcome.passed("names are looked for in " + asked + way)
                : Outcome.failed(
                        "names should be looked for in " + asked + way + " but are in " + domains + missingTool(facts));
    }

    private Optional<String> link(Facts facts, @Nullable NetworkInterface each) {
        return each == null ? Optional.empty() : links.find(facts, each).map(NetworkLink::name);
    }

    /** ifupdown only hands on what it is told of resolvers. */
    private static String missingTool(Facts facts) {
        boolean none = List.of("resolvconf", "openresolv", "systemd-resolved").stream()
                .noneMatch(facts.packages()::containsKey);
        return facts.network().renderer().equals("ifupdown") && none
                ? "; ifupdown leaves them to resolvconf, which is not installed"
                : "";
    }
}
