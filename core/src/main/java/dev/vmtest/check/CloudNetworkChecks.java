package dev.vmtest.check;

import dev.vmtest.config.ConfigException;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ConfigText;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NetworkLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check what the installer wrote for whoever configures the network in the installed system. */
final class CloudNetworkChecks {

    /** Where both installers put the section for a cloud-init that reads it (curtin's net module). */
    private static final String PASSED_ON = "50-curtin-networking.cfg";

    private static final Set<String> RENDERED =
            Set.of("50-cloud-init", "50-cloud-init.cfg", "50-cloud-init.yaml", "01-network-manager-all.yaml");
    private static final String INTERFACES = "interfaces";
    private static final String SECRET = "(secret)";

    private final OwnNetworkFiles own;

    CloudNetworkChecks(OwnNetworkFiles own) {
        this.own = own;
    }

    /**
     * Return the checks of a section that is passed on as it is.
     *
     * @param isForNetplan whether it is written in netplan's own words
     */
    List<Check> passedOn(Location location, Value section, boolean isForNetplan) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of("network: passed on", location, facts -> same(facts, section)));
        checks.add(Check.of("network: no other file", location, this::noOtherFile));
        if (isForNetplan) {
            checks.add(Check.of("network: netplan", location, facts -> netplan(facts, section)));
        }
        return checks;
    }

    /** Return the checks of a network that the installed system is not to configure. */
    List<Check> disabled(Location location) {
        return List.of(
                Check.of("network: nothing rendered", location, CloudNetworkChecks::nothingRendered),
                Check.of("network: no interface up", location, CloudNetworkChecks::noInterfaceUp));
    }

    /** Return the check of an install that is to leave the network to the installed system. */
    Check nothingPassedOn(Location location) {
        return Check.of(
                "network: nothing passed on",
                location,
                facts -> facts.network().cloudFiles().contains(PASSED_ON)
                        ? Outcome.failed("the installer should write no " + PASSED_ON + " but did")
                        : Outcome.passed("the installer wrote no " + PASSED_ON));
    }

    private static Outcome same(Facts facts, Value section) {
        if (!facts.network().cloudFiles().contains(PASSED_ON)) {
            return Outcome.failed("the section should be in " + PASSED_ON + ", and that is not there; there are "
                    + facts.network().cloudFiles());
        }
        Problems problems = new Problems();
        Object found;
        try {
            MapValue file = ConfigFiles.parse(PASSED_ON, facts.network().cloudFile(PASSED_ON), problems);
            Value network = file.get("network");
            found = network == null ? null : ConfigText.plain(network);
        } catch (ConfigException unreadable) {
            return Outcome.failed(PASSED_ON + " cannot be read: " + unreadable.getMessage());
        }
        if (!problems.isEmpty()) {
            return Outcome.failed(
                    PASSED_ON + " cannot be read: " + problems.all().get(0));
        }
        String difference = difference("network", ConfigText.plain(section), found);
        return difference.isEmpty()
                ? Outcome.passed(PASSED_ON + " has the section as it is written")
                : Outcome.failed(PASSED_ON + " should have the section as it is written, but " + difference);
    }

    /** cloud-init hands netplan a section of version 2; netplan may know more from other files. */
    private static Outcome netplan(Facts facts, Value section) {
        Optional<String> all = facts.network().netplan();
        if (facts.network().renderer().equals("ifupdown")) {
            return Outcome.passed("ifupdown does without netplan");
        }
        if (all.isEmpty()) {
            return Outcome.failed("netplan should have the section but there is no netplan");
        }
        try {
            Value network =
                    ConfigFiles.parse("netplan", all.get(), new Problems()).get("network");
            String difference = missing(
                    "network",
                    withoutForm(ConfigText.plain(section)),
                    network == null ? null : withoutForm(ConfigText.plain(network)));
            return difference.isEmpty()
                    ? Outcome.passed("netplan has the section as it is written")
                    : Outcome.failed("netplan should have the section as it is written, but " + difference);
        } catch (ConfigException unreadable) {
            return Outcome.failed("what netplan has cannot be read: " + unreadable.getMessage());
        }
    }

    /** Name the first place where a value lacks a part of another, or has another one; empty where it has all of it. */
    private static String missing(String path, @Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
            return wanted.entrySet().stream()
                    .map(entry -> missing(path + "." + entry.getKey(), entry.getValue(), found.get(entry.getKey())))
                    .filter(difference -> !difference.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return difference(path, expected, actual);
    }

    /**
     * Return a value without what netplan makes of it: netplan 0.106 writes numbers as text, lists the members of a bond in
     * an order of its own, and twice the nameservers of an interface that another one stands on.
     */
    private static @Nullable Object withoutForm(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new TreeMap<>();
            map.forEach((key, entry) -> plain.put(String.valueOf(key), withoutForm(entry)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> String.valueOf(withoutForm(item)))
                    .distinct()
                    .sorted()
                    .toList();
        }
        return value == null ? null : String.valueOf(value);
    }

    /** Name the first place where two values differ; empty where they are the same. */
    private static String difference(String path, @Nullable Object expected, @Nullable Object actual) {
        if (SECRET.equals(actual) || Objects.equals(expected, actual)) {
            return "";
        }
        if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
            Set<String> keys = new TreeSet<>();
            wanted.keySet().forEach(key -> keys.add(String.valueOf(key)));
            found.keySet().forEach(key -> keys.add(String.valueOf(key)));
            for (String key : keys) {
                String inner = difference(path + "." + key, wanted.get(key), found.get(key));
                if (!inner.isEmpty()) {
                    return inner;
                }
            }
            return "";
        }
        if (expected instanceof List<?> wanted && actual instanceof List<?> found && wanted.size() == found.size()) {
            for (int index = 0; index < wanted.size(); index++) {
                String inner = difference(path + "[" + index + "]", wanted.get(index), found.get(index));
                if (!inner.isEmpty()) {
                    return inner;
                }
            }
            return "";
        }
        return path + " is " + actual + " and not " + expected;
    }

    private Outcome noOtherFile(Facts facts) {
        List<String> others = new ArrayList<>();
        for (String name : facts.network().cloudFiles()) {
            if (!name.equals(PASSED_ON) && !name.startsWith("50-cloudconfig-")) {
                others.add("/etc/cloud/cloud.cfg.d/" + name);
            }
        }
        String main = "/etc/network/interfaces";
        if (facts.has(INTERFACES) && hasStanza(facts.lines(INTERFACES)) && !own.writes(main)) {
            others.add(main);
        }
        others.addAll(others(facts, "interfaces.d", main + ".d/"));
        others.addAll(others(facts, "facts/network/netplan", "/etc/netplan/"));
        return others.isEmpty()
                ? Outcome.passed("nothing beside " + PASSED_ON + " configures the network")
                : Outcome.failed("nothing asked for these files, which configure the network too: " + others);
    }

    private List<String> others(Facts facts, String collected, String directory) {
        List<String> others = new ArrayList<>();
        if (facts.has(collected)) {
            for (String name : facts.files(collected)) {
                if (!RENDERED.contains(name) && !own.writes(directory + name)) {
                    others.add(directory + name);
                }
            }
        }
        return others;
    }

    /** Every system has the loopback interface. */
    private static boolean hasStanza(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .anyMatch(words -> words.length > 1 && words[0].equals("iface") && !words[1].equals("lo"));
    }

    private static Outcome nothingRendered(Facts facts) {
        List<String> rendered = new ArrayList<>();
        for (String directory : List.of("interfaces.d", "facts/network/netplan", "run_systemd_network")) {
            if (facts.has(directory)) {
                facts.files(directory).stream()
                        .filter(name -> name.contains("cloud-init"))
                        .forEach(name -> rendered.add(directory + "/" + name));
            }
        }
        return rendered.isEmpty()
                ? Outcome.passed("cloud-init rendered no network")
                : Outcome.failed("cloud-init should render no network but wrote " + rendered);
    }

    private static Outcome noInterfaceUp(Facts facts) {
        List<String> up = facts.network().links().stream()
                .filter(link -> link.isUp() && !link.name().equals("lo"))
                .map(NetworkLink::name)
                .toList();
        return up.isEmpty()
                ? Outcome.passed("no interface but lo is up")
                : Outcome.failed("no interface but lo should be up, but these are: " + up);
    }
}
