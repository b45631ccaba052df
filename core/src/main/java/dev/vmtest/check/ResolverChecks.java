package dev.vmtest.check;

import dev.vmtest.config.Placed;
import dev.vmtest.facts.Facts;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Check the nameservers and search domains as programs find them. */
final class ResolverChecks {

    private ResolverChecks() {}

    static List<Check> of(NetworkConfig config) {
        List<Placed<IpAddress>> servers = new ArrayList<>();
        List<Placed<String>> domains = new ArrayList<>();
        config.nameservers().forEach(each -> {
            servers.addAll(each.addresses());
            domains.addAll(each.searchDomains());
        });
        for (NetworkInterface each : config.interfaces()) {
            servers.addAll(each.addressing().nameservers());
            domains.addAll(each.addressing().searchDomains());
        }
        List<Check> checks = new ArrayList<>();
        for (Placed<IpAddress> server : servers) {
            checks.add(Check.of(
                    "nameserver " + server.value(), server.location(), facts -> server(facts, server.value())));
        }
        for (Placed<String> domain : domains) {
            checks.add(Check.of(
                    "search domain " + domain.value(), domain.location(), facts -> domain(facts, domain.value())));
        }
        return checks;
    }

    private static Outcome server(Facts facts, IpAddress asked) {
        List<String> servers = facts.network().nameservers();
        return servers.stream().map(IpAddress::parse).flatMap(Optional::stream).anyMatch(asked::equals)
                ? Outcome.passed("names are asked of " + asked)
                : Outcome.failed("names should be asked of " + asked + " but are of " + servers + missingTool(facts));
    }

    private static Outcome domain(Facts facts, String asked) {
        List<String> domains = facts.network().searchDomains();
        return domains.contains(asked)
                ? Outcome.passed("names are looked for in " + asked)
                : Outcome.failed(
                        "names should be looked for in " + asked + " but are in " + domains + missingTool(facts));
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
