package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NetworkLink;
import dev.vmtest.network.Match;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import java.util.Optional;

/** Find the interfaces of a configuration in a system: by their names, or by their hardware where they have none. */
final class Links {

    private final NetworkConfig config;

    Links(NetworkConfig config) {
        this.config = config;
    }

    NetworkConfig config() {
        return config;
    }

    /** Return what the checks of an interface begin with. */
    static String name(NetworkInterface each) {
        return "interface " + each.settings().shownName();
    }

    /** Return the check that says whether it is there, for others to name as their cause. */
    static String presence(NetworkInterface each) {
        return name(each) + ": present";
    }

    /** Return the kernel's interface; nothing if there is none. */
    Optional<NetworkLink> find(Facts facts, NetworkInterface each) {
        if (each.name().isPresent()) {
            return facts.network().link(each.name().get());
        }
        return each.hardware().flatMap(match -> find(facts, match));
    }

    private static Optional<NetworkLink> find(Facts facts, Match match) {
        var mac = match.macAddress();
        var pattern = match.namePattern();
        return facts.network().links().stream()
                .filter(link -> mac == null || link.cardAddress().equals(mac.value()))
                .filter(link -> pattern == null || Match.matches(pattern.value(), link.name()))
                .filter(link -> match.drivers().isEmpty()
                        || match.drivers().stream()
                                .anyMatch(driver -> Match.matches(
                                        driver.value(),
                                        facts.network().drivers().getOrDefault(link.name(), ""))))
                .filter(link -> link.kind().isEmpty() && !link.name().equals("lo"))
                .findFirst();
    }

    /** Return the name that an interface has in a system; its own where it is not there. */
    String nameIn(Facts facts, String id) {
        return config.find(id)
                .flatMap(each -> find(facts, each).map(NetworkLink::name))
                .orElseGet(() -> config.nameOf(id));
    }
}
