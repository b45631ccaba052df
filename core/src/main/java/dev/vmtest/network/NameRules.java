package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Hold the names of interfaces, and what they say of each other. */
final class NameRules {

    /** IFNAMSIZ of Linux without the closing zero. */
    static final int LONGEST = 15;

    static final String LIMIT = "Linux allows at most " + LONGEST;

    private final NetworkConfig config;
    private final Problems problems;
    private final Set<String> ids = new TreeSet<>();
    private final Map<String, NetworkInterface> byId = new HashMap<>();

    NameRules(NetworkConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
        for (NetworkInterface each : config.interfaces()) {
            ids.add(each.id());
            byId.putIfAbsent(each.id(), each);
        }
    }

    void check() {
        Map<String, Location> names = new HashMap<>();
        Map<String, Location> cards = new HashMap<>();
        for (NetworkInterface each : config.interfaces()) {
            var name = each.settings().name();
            if (name != null && !name.value().isEmpty()) {
                shape(each, name.location(), name.value());
                unique(names, name.value(), name.location(), "name '" + name.value() + "'");
            }
            if (each instanceof Ethernet card
                    && card.match() != null
                    && card.match().macAddress() != null) {
                var mac = card.match().macAddress();
                String key = config.version() == 1 ? "mac_address" : "macaddress";
                unique(cards, mac.value(), mac.location(), key + " '" + mac.value() + "'");
            }
        }
        references();
        for (Nameserver nameserver : config.nameservers()) {
            var owner = nameserver.networkInterface();
            if (owner != null) {
                defined(nameserver.mark().subject(), owner.location(), owner.value(), "");
            }
        }
        cycles();
        masters();
        settings();
    }

    private void shape(NetworkInterface each, Location location, String name) {
        String subject = each.mark().subject() + ": ";
        if (name.length() > LONGEST) {
            problems.add(location, subject + "the name has " + name.length() + " characters", LIMIT);
        } else if (name.matches(".*[/:\\s].*") || name.equals(".") || name.equals("..")) {
            problems.add(
                    location, subject + "'" + name + "' is no name of an interface", "leave out '/', ':' and blanks");
        }
    }

    private void unique(Map<String, Location> seen, String key, Location location, String what) {
        Location earlier = seen.putIfAbsent(key, location);
        if (earlier != null) {
            problems.add(location, what + " is already used at " + earlier, "change one of them");
        }
    }

    private void references() {
        for (NetworkInterface each : config.interfaces()) {
            Set<String> members = new HashSet<>();
            for (Reference reference : each.references()) {
                defined("'" + each.id() + "'", reference.location(), reference.id(), each.id());
                if (reference.role() == Reference.Role.MEMBER && !members.add(reference.id())) {
                    problems.add(
                            reference.location(),
                            "'" + each.id() + "' lists '" + reference.id() + "' twice",
                            "remove one of them");
                }
                peer(each, reference);
            }
        }
    }

    private void defined(String subject, Location location, String id, String self) {
        if (!ids.contains(id)) {
            Set<String> others = new TreeSet<>(ids);
            others.remove(self);
            problems.add(
                    location,
                    subject + " refers to interface '" + id + "', which is not defined",
                    Suggestion.didYouMean(id, others));
        }
    }

    private void peer(NetworkInterface each, Reference reference) {
        NetworkInterface other = byId.get(reference.id());
        if (reference.role() == Reference.Role.PEER
                && other != null
                && !(other instanceof VirtualEthernet end && end.peer().value().equals(each.id()))) {
            problems.add(
                    reference.location(),
                    "'" + reference.id() + "' is not the other end of '" + each.id() + "'",
                    "make it one of 'virtual-ethernets' with 'peer: " + each.id() + "'");
        }
    }

    /** Each interface of a circle waits for the next; one problem for each circle, where its first one stands. */
    private void cycles() {
        Set<String> told = new HashSet<>();
        for (NetworkInterface each : config.interfaces()) {
            List<String> circle = told.contains(each.id()) ? List.of() : circle(each);
            if (!circle.isEmpty()) {
                told.addAll(circle);
                String next = circle.size() > 1 ? circle.get(1) : each.id();
                Reference first = each.references().stream()
                        .filter(reference -> reference.id().equals(next))
                        .findFirst()
                        .orElseThrow();
                problems.add(
                        first.location(),
                        "'" + each.id() + "' stands on itself: " + String.join(" -> ", circle) + " -> " + each.id(),
                        "break the circle");
            }
        }
    }

    /** Return the shortest way from an interface back to it; empty if there is none. */
    private List<String> circle(NetworkInterface start) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<NetworkInterface> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            NetworkInterface from = open.remove();
            for (Reference reference : from.references()) {
                if (reference.role() == Reference.Role.PEER) {
                    continue;
                }
                if (reference.id().equals(start.id())) {
                    return wayTo(from.id(), cameFrom);
                }
                NetworkInterface next = byId.get(reference.id());
                if (next != null && cameFrom.putIfAbsent(next.id(), from.id()) == null) {
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    private static List<String> wayTo(String end, Map<String, String> cameFrom) {
        Deque<String> way = new ArrayDeque<>();
        for (String step = end; step != null; step = cameFrom.get(step)) {
            way.addFirst(step);
        }
        return List.copyOf(way);
    }

    private void masters() {
        Map<String, NetworkInterface> owners = new HashMap<>();
        for (NetworkInterface each : config.interfaces()) {
            for (Reference reference : each.references()) {
                if (reference.role() != Reference.Role.MEMBER) {
                    continue;
                }
                NetworkInterface earlier = owners.putIfAbsent(reference.id(), each);
                if (earlier != null && earlier != each) {
                    problems.add(
                            reference.location(),
                            "'" + reference.id() + "' is already a member of '" + earlier.id() + "', which stands at "
                                    + earlier.mark().location(),
                            "an interface can be a member of one other; remove it from one of them");
                }
            }
        }
    }

    private void settings() {
        for (NetworkInterface each : config.interfaces()) {
            if (each instanceof Bond bond) {
                bond.parameters().stream()
                        .filter(setting -> List.of("primary", "active_slave").contains(setting.attribute()))
                        .forEach(setting -> member(bond, setting, setting.value()));
            } else if (each instanceof Bridge bridge) {
                for (Setting setting : bridge.parameters()) {
                    if (setting.port() != null) {
                        member(bridge, setting, setting.port());
                    }
                }
            }
        }
    }

    private void member(NetworkInterface owner, Setting setting, String written) {
        Set<String> members = new TreeSet<>();
        owner.references().forEach(reference -> members.add(reference.id()));
        for (String id : written.split("\\s+", -1)) {
            if (!members.contains(id)) {
                problems.add(
                        setting.location(),
                        owner.mark().subject() + ": '" + setting.key() + "' names '" + id + "', which is no member",
                        Suggestion.oneOf(id, members));
            }
        }
    }
}
