package dev.vmtest.network;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Suggestion;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Read the parameters of bonds and bridges by a table of those that there are. */
final class Parameters {

    /** The attribute of a bridge that {@code bridge_hw} sets. */
    static final String BRIDGE_ADDRESS = "address";

    private static final String PORTS = "bridge_ports";

    /** The kernel's least delay with the spanning tree protocol (its br_stp.c), as sysfs shows it. */
    private static final int LEAST_DELAY = 200;

    static final Parameters BOND_1 = new Parameters(BondOption.inVersion1());
    static final Parameters BOND_2 = new Parameters(BondOption.inVersion2());

    /** Open vSwitch has a mode in common with the kernel, and two of its own. */
    static final Parameters BOND_SWITCHED = new Parameters(List.of(
            Parameter.one("", ParameterShape.words("active-backup", "balance-tcp", "balance-slb"), "mode"),
            Parameter.one("", ParameterShape.words("slow", "fast"), "lacp-rate")));

    /** As bridge-utils-interfaces(5) has them; the limits are the kernel's. */
    static final Parameters BRIDGE_1 = new Parameters(List.of(
            Parameter.one("ageing_time", ParameterShape.ticks(0, 1_000_000), "bridge_ageing"),
            Parameter.one("priority", ParameterShape.number(0, 65535), "bridge_bridgeprio"),
            Parameter.one("forward_delay", ParameterShape.ticks(0, 30), "bridge_fd"),
            Parameter.one("", ParameterShape.ticks(0, 1_000_000), "bridge_gcint"),
            Parameter.one("hello_time", ParameterShape.ticks(1, 10), "bridge_hello"),
            Parameter.one(BRIDGE_ADDRESS, ParameterShape.macAddress(), "bridge_hw"),
            Parameter.one("max_age", ParameterShape.ticks(6, 40), "bridge_maxage"),
            Parameter.many("", ParameterShape.interfaceName(), "bridge_maxwait"),
            Parameter.eachPort("path_cost", ParameterShape.number(1, 65535), "bridge_pathcost"),
            Parameter.eachPort("priority", ParameterShape.number(0, 63), "bridge_portprio"),
            Parameter.many("", ParameterShape.interfaceName(), PORTS),
            Parameter.one("stp_state", ParameterShape.truth(), "bridge_stp"),
            Parameter.many("", ParameterShape.interfaceName(), "bridge_waitport")));

    /** As netplan's page has them; the limits are the kernel's. */
    static final Parameters BRIDGE_2 = new Parameters(List.of(
            Parameter.one("ageing_time", ParameterShape.ticks(0, 1_000_000), "ageing-time", "aging-time"),
            Parameter.one("priority", ParameterShape.number(0, 65535), "priority"),
            Parameter.eachPort("priority", ParameterShape.number(0, 63), "port-priority"),
            Parameter.one("forward_delay", ParameterShape.ticks(0, 30), "forward-delay"),
            Parameter.one("hello_time", ParameterShape.ticks(1, 10), "hello-time"),
            Parameter.one("max_age", ParameterShape.ticks(6, 40), "max-age"),
            Parameter.eachPort("path_cost", ParameterShape.number(1, 65535), "path-cost"),
            Parameter.one("stp_state", ParameterShape.truth(), "stp")));

    private final List<Parameter> known;

    private Parameters(List<Parameter> known) {
        this.known = List.copyOf(known);
    }

    /** Read those under a key, adding a problem for each that is not known or has no such value. */
    List<Setting> read(MapReader owner, String key) {
        MapValue values = owner.map(key);
        List<Setting> settings = new ArrayList<>();
        if (values == null) {
            return settings;
        }
        MapReader reader = owner.within(values, owner.subject() + ": " + key);
        values.entries().forEach((name, entry) -> {
            Optional<Parameter> parameter =
                    known.stream().filter(each -> each.keys().contains(name)).findFirst();
            if (parameter.isEmpty()) {
                unknown(reader, name, entry.keyLocation());
            } else if (!(entry.value() instanceof ScalarValue scalar && scalar.value() == null)) {
                read(reader, name, entry, parameter.get(), settings);
            }
        });
        refuseTwice(reader, settings);
        refuseShortDelay(reader, settings, this == BRIDGE_2);
        return settings;
    }

    private void unknown(MapReader reader, String name, Location location) {
        String bare = name.replaceFirst("^bond[-_]", "").replace('-', '_');
        String subject = reader.subject() + ": ";
        if (this == BOND_1 && BondOption.REPORTED.contains(bare)) {
            String message = "'" + name + "' is what the kernel reports of a bond, and nobody sets it";
            reader.problems()
                    .addUnlessLeftToInstaller(
                            location,
                            subject + message,
                            bare.equals("slaves") ? "name the members under 'bond_interfaces'" : "remove it");
            return;
        }
        Set<String> words =
                known.stream().flatMap(each -> each.keys().stream()).collect(Collectors.toCollection(TreeSet::new));
        String prefixed = "bond-" + name.replace('_', '-');
        boolean hasNoPrefix = this == BOND_1 && words.contains(prefixed);
        String nearest = hasNoPrefix
                ? "write '" + prefixed + "'; without 'bond-' nobody reads it"
                : otherVersion(name)
                        .map(key -> "this version calls it '" + key + "'")
                        .orElseGet(() -> Suggestion.didYouMean(name, words));
        reader.problems()
                .addUnlessLeftToInstaller(
                        location,
                        subject + "there is no parameter '" + name + "'",
                        nearest.isEmpty()
                                ? "there are: "
                                        + known.stream()
                                                .map(each -> each.keys().get(0))
                                                .sorted()
                                                .collect(Collectors.joining(", "))
                                : nearest);
    }

    /** Return what is called here what the other version calls so. */
    private Optional<String> otherVersion(String name) {
        return Stream.of(BOND_1, BOND_2, BRIDGE_1, BRIDGE_2)
                .flatMap(each -> each.known.stream())
                .filter(each -> each.keys().contains(name) && !each.attribute().isEmpty())
                .flatMap(other -> known.stream()
                        .filter(own -> own.attribute().equals(other.attribute()) && own.arity() == other.arity()))
                .map(own -> own.keys().get(0))
                .findFirst();
    }

    private static void read(
            MapReader reader, String key, MapValue.Entry entry, Parameter parameter, List<Setting> settings) {
        switch (parameter.arity()) {
            case ONE -> {
                if (entry.value() instanceof ScalarValue scalar) {
                    value(reader, key, new Placed<>(scalar.location(), scalar.text()), parameter)
                            .ifPresent(
                                    value -> settings.add(setting(key, entry, parameter, scalar.text(), value, null)));
                } else {
                    wrongType(reader, key, "one value", entry.value());
                }
            }
            case MANY ->
                many(reader, key, entry, parameter)
                        .ifPresent(value -> settings.add(setting(key, entry, parameter, value, value, null)));
            case EACH_PORT -> eachPort(reader, key, entry, parameter, settings);
        }
    }

    private static Setting setting(
            String key,
            MapValue.Entry entry,
            Parameter parameter,
            String written,
            String value,
            @org.jspecify.annotations.Nullable String port) {
        return new Setting(entry.keyLocation(), key, parameter.attribute(), written, value, port);
    }

    private static Optional<String> many(MapReader reader, String key, MapValue.Entry entry, Parameter parameter) {
        List<String> values = new ArrayList<>();
        for (Placed<String> text : texts(reader, key, entry.value())) {
            for (String word : text.value().strip().split("[\\s,]+", -1)) {
                value(reader, key, new Placed<>(text.location(), word), parameter)
                        .ifPresent(values::add);
            }
        }
        return Optional.of(String.join(" ", values));
    }

    private static List<Placed<String>> texts(MapReader reader, String key, Value value) {
        List<Placed<String>> texts = new ArrayList<>();
        for (Value item : value instanceof ListValue list ? list.items() : List.of(value)) {
            if (item instanceof ScalarValue scalar) {
                texts.add(new Placed<>(scalar.location(), scalar.text()));
            } else {
                wrongType(reader, key, "a list of texts", item);
            }
        }
        return texts;
    }

    private static void eachPort(
            MapReader reader, String key, MapValue.Entry entry, Parameter parameter, List<Setting> settings) {
        if (entry.value() instanceof MapValue ports) {
            ports.entries().forEach((port, own) -> {
                if (own.value() instanceof ScalarValue scalar) {
                    value(reader, key, new Placed<>(scalar.location(), scalar.text()), parameter)
                            .ifPresent(value -> settings.add(setting(key, own, parameter, scalar.text(), value, port)));
                } else {
                    wrongType(reader, key, "a number for each port", own.value());
                }
            });
            return;
        }
        for (Placed<String> text : texts(reader, key, entry.value())) {
            String[] words = text.value().strip().split("\\s+", -1);
            if (words.length == 2) {
                value(reader, key, new Placed<>(text.location(), words[1]), parameter)
                        .ifPresent(value -> settings.add(
                                new Setting(text.location(), key, parameter.attribute(), words[1], value, words[0])));
            } else {
                reader.problems()
                        .add(
                                text.location(),
                                reader.subject() + ": '" + key + "' lists a port and a number each, not '"
                                        + text.value() + "'",
                                "write e.g. 'eth1 50'");
            }
        }
    }

    private static Optional<String> value(MapReader reader, String key, Placed<String> written, Parameter parameter) {
        Optional<String> value = parameter.shape().toKernel().apply(written.value());
        if (value.isEmpty()) {
            String subject = reader.subject() + ": '" + key + "' ";
            Set<String> words = parameter.shape().words();
            if (words.isEmpty()) {
                reader.problems()
                        .add(
                                written.location(),
                                subject + "must be " + parameter.shape().mustBe() + ", not '" + written.value() + "'");
            } else {
                reader.problems()
                        .add(
                                written.location(),
                                subject + "can't be '" + written.value() + "'",
                                Suggestion.oneOf(written.value(), new TreeSet<>(words)));
            }
        }
        return value;
    }

    private static void wrongType(MapReader reader, String key, String expected, Value found) {
        reader.problems()
                .add(
                        found.location(),
                        reader.subject() + ": '" + key + "' must be " + expected + ", not " + found.describe());
    }

    private static void refuseTwice(MapReader reader, List<Setting> settings) {
        for (int index = 0; index < settings.size(); index++) {
            Setting later = settings.get(index);
            for (Setting earlier : settings.subList(0, index)) {
                if (later.isShown()
                        && later.attribute().equals(earlier.attribute())
                        && java.util.Objects.equals(later.port(), earlier.port())) {
                    reader.problems()
                            .add(
                                    later.location(),
                                    reader.subject() + ": '" + later.key() + "' says again what '" + earlier.key()
                                            + "' says at " + earlier.location(),
                                    "remove one of them");
                }
            }
        }
    }

    private static void refuseShortDelay(MapReader reader, List<Setting> settings, boolean treeByDefault) {
        boolean tree = settings.stream()
                .filter(each -> each.attribute().equals("stp_state"))
                .findFirst()
                .map(each -> each.value().equals("1"))
                .orElse(treeByDefault);
        for (Setting setting : settings) {
            if (tree
                    && setting.attribute().equals("forward_delay")
                    && Integer.parseInt(setting.value()) < LEAST_DELAY) {
                reader.problems()
                        .add(
                                setting.location(),
                                reader.subject() + ": with the spanning tree protocol the kernel takes 2 to 30 seconds"
                                        + " for '" + setting.key() + "'",
                                "switch the protocol off, or wait longer");
            }
        }
    }

    /** Add a problem where {@code bridge_ports} names other ports than {@code bridge_interfaces}. */
    static void refuseOtherPorts(List<Setting> settings, List<Placed<String>> ports, MapReader reader) {
        Set<String> own = ports.stream().map(Placed::value).collect(Collectors.toCollection(TreeSet::new));
        for (Setting setting : settings) {
            if (setting.key().equals(PORTS)
                    && !own.equals(new TreeSet<>(List.of(setting.value().split(" ", -1))))) {
                reader.problems()
                        .add(
                                setting.location(),
                                reader.subject() + ": '" + PORTS + "' names other ports than 'bridge_interfaces'",
                                "remove it");
            }
        }
    }
}
