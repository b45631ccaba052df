package dev.vmtest.bench.layouts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Compose one valid network, of either version: a card with a lease and others with addresses of their own, of which some
 * are in bonds and bridges and some carry VLANs, with routes and nameservers.
 *
 * <p>The same seed gives the same text. Mutable and confined to one thread.
 */
final class RandomNetwork {

    private static final int FIRST_NETWORK = 20;
    private static final int FIRST_VLAN = 100;
    private static final int[] CARD_MTUS = {1400, 1492, 4000, 9000};
    private static final String[] BOND_MODES = {"active-backup", "balance-rr", "balance-xor"};

    private final SplittableRandom random;
    private final long seed;
    private final boolean first;
    private final List<Interface> interfaces = new ArrayList<>();
    private int networks;

    /**
     * Hold an interface while it is composed.
     *
     * @param kind as version 1 calls it
     * @param settings what only its kind has, in the words of the version that is written
     */
    private record Interface(
            String kind,
            String name,
            Map<String, String> settings,
            List<String> addresses,
            List<String> routes,
            List<String> servers) {

        Interface(String kind, String name) {
            this(kind, name, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private RandomNetwork(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.first = random.nextBoolean();
    }

    /** Return the configuration of a seed as YAML. */
    static String yaml(long seed) {
        return new RandomNetwork(seed).compose();
    }

    private String compose() {
        int cards = 2 + random.nextInt(5);
        List<Interface> free = new ArrayList<>();
        for (int index = 0; index < cards; index++) {
            Interface card = new Interface("physical", "nic" + index);
            String mac = "'52:54:00:12:35:%02x'".formatted(index);
            if (first) {
                card.settings().put("mac_address", mac);
            } else {
                card.settings().put("match", "{macaddress: " + mac + "}");
                card.settings().put("set-name", card.name());
            }
            interfaces.add(card);
            if (index > 0) {
                free.add(card);
            }
        }
        List<Interface> addressed = new ArrayList<>();
        if (free.size() > 1 && random.nextBoolean()) {
            addressed.add(bond(take(free, 2)));
        }
        if (!free.isEmpty() && random.nextBoolean()) {
            addressed.add(bridge(take(free, 1 + random.nextInt(free.size()))));
        }
        for (Interface card : free) {
            if (random.nextBoolean()) {
                card.settings().put("mtu", String.valueOf(CARD_MTUS[random.nextInt(CARD_MTUS.length)]));
            }
            addressed.add(card);
        }
        List<Interface> carriers = List.copyOf(addressed);
        int vlans = random.nextInt(3);
        for (int index = 0; index < vlans; index++) {
            addressed.add(vlan(carriers.get(random.nextInt(carriers.size())), FIRST_VLAN + index));
        }
        addressed.forEach(this::address);
        return text();
    }

    private static List<Interface> take(List<Interface> from, int number) {
        List<Interface> taken = new ArrayList<>(from.subList(0, number));
        from.subList(0, number).clear();
        return taken;
    }

    private static String names(List<Interface> members) {
        return "[" + String.join(", ", members.stream().map(Interface::name).toList()) + "]";
    }

    private Interface bond(List<Interface> members) {
        Interface bond = new Interface("bond", "bond0");
        String mode = BOND_MODES[random.nextInt(BOND_MODES.length)];
        String primary = members.get(random.nextInt(members.size())).name();
        boolean hasPrimary = mode.equals("active-backup") && random.nextBoolean();
        if (first) {
            bond.settings().put("bond_interfaces", names(members));
            bond.settings()
                    .put(
                            "params",
                            "{bond-mode: " + mode + ", bond-miimon: 100"
                                    + (hasPrimary ? ", bond-primary: " + primary : "") + "}");
        } else {
            bond.settings().put("interfaces", names(members));
            bond.settings()
                    .put(
                            "parameters",
                            "{mode: " + mode + ", mii-monitor-interval: 100"
                                    + (hasPrimary ? ", primary: " + primary : "") + "}");
        }
        interfaces.add(bond);
        return bond;
    }

    private Interface bridge(List<Interface> members) {
        Interface bridge = new Interface("bridge", "br0");
        int delay = 2 + random.nextInt(10);
        boolean tree = random.nextBoolean();
        if (first) {
            bridge.settings().put("bridge_interfaces", names(members));
            bridge.settings().put("params", "{bridge_stp: '%s', bridge_fd: %d}".formatted(tree ? "on" : "off", delay));
        } else {
            bridge.settings().put("interfaces", names(members));
            bridge.settings().put("parameters", "{stp: %s, forward-delay: %d}".formatted(tree, delay));
        }
        interfaces.add(bridge);
        return bridge;
    }

    private Interface vlan(Interface below, int id) {
        // Of other names Debian's package vlan makes nothing for ifupdown.
        Interface vlan = new Interface("vlan", below.name() + "." + id);
        vlan.settings().put(first ? "vlan_id" : "id", String.valueOf(id));
        vlan.settings().put(first ? "vlan_link" : "link", below.name());
        interfaces.add(vlan);
        return vlan;
    }

    private void address(Interface each) {
        int count = 1 + random.nextInt(3);
        for (int index = 0; index < count; index++) {
            int network = FIRST_NETWORK + networks++;
            boolean version6 = random.nextInt(3) == 0;
            String prefix = version6 ? "fd00:" + network + "::" : "10." + network + ".0.";
            each.addresses().add("'" + prefix + (5 + random.nextInt(90)) + (version6 ? "/64'" : "/24'"));
            if (index == 0 && random.nextInt(3) == 0) {
                each.routes()
                        .add((version6 ? "'fd01:" + network + "::/64'" : "10.200." + network + ".0/24") + " '" + prefix
                                + "1' " + (10 + random.nextInt(90)));
            }
            if (index == 0 && random.nextInt(4) == 0) {
                each.servers().add("'" + prefix + "3'");
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder("# The random network of seed " + seed + ".\n");
        text.append("network:\n  version: ").append(first ? 1 : 2).append('\n');
        if (first) {
            text.append("  config:\n");
            interfaces.forEach(each -> firstVersion(text, each));
        } else {
            Map<String, String> sections = new LinkedHashMap<>();
            sections.put("physical", "ethernets");
            sections.put("bond", "bonds");
            sections.put("bridge", "bridges");
            sections.put("vlan", "vlans");
            sections.forEach((kind, section) -> {
                List<Interface> ofKind = interfaces.stream()
                        .filter(each -> each.kind().equals(kind))
                        .toList();
                if (!ofKind.isEmpty()) {
                    text.append("  ").append(section).append(":\n");
                    ofKind.forEach(each -> secondVersion(text, each));
                }
            });
        }
        // What comes out of the cables is judged, too.
        text.append("vmtest: {network_peer: true}\n");
        return text.toString();
    }

    private boolean hasLease(Interface each) {
        return each.name().equals(interfaces.get(0).name());
    }

    private void firstVersion(StringBuilder text, Interface each) {
        text.append("    - type: ")
                .append(each.kind())
                .append("\n      name: ")
                .append(each.name())
                .append('\n');
        each.settings().forEach((key, value) -> text.append("      %s: %s\n".formatted(key, value)));
        if (hasLease(each)) {
            text.append("      subnets: [{type: dhcp4}]\n");
        }
        if (each.addresses().isEmpty()) {
            return;
        }
        text.append("      subnets:\n");
        for (int index = 0; index < each.addresses().size(); index++) {
            String address = each.addresses().get(index);
            text.append("        - {type: %s, address: %s"
                    .formatted(address.contains(":") ? "static6" : "static", address));
            // Of several subnets of a family Debian's resolvconf heeds the last one.
            if (index == each.addresses().size() - 1 && !each.servers().isEmpty()) {
                text.append(", dns_nameservers: [")
                        .append(each.servers().get(0))
                        .append(']');
            }
            if (index == 0 && !each.routes().isEmpty()) {
                String[] route = each.routes().get(0).split(" ", -1);
                text.append(", routes: [{destination: %s, gateway: %s, metric: %s}]".formatted((Object[]) route));
            }
            text.append("}\n");
        }
    }

    private void secondVersion(StringBuilder text, Interface each) {
        text.append("    ").append(each.name()).append(":\n");
        each.settings().forEach((key, value) -> text.append("      %s: %s\n".formatted(key, value)));
        if (hasLease(each)) {
            text.append("      dhcp4: true\n");
        }
        if (!each.addresses().isEmpty()) {
            text.append("      addresses: [")
                    .append(String.join(", ", each.addresses()))
                    .append("]\n");
        }
        for (String server : each.servers()) {
            text.append("      nameservers: {addresses: [").append(server).append("]}\n");
        }
        for (String written : each.routes()) {
            String[] route = written.split(" ", -1);
            text.append("      routes: [{to: %s, via: %s, metric: %s}]\n".formatted((Object[]) route));
        }
    }
}
