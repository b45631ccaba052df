package dev.vmtest.installer.builtin;

import dev.vmtest.config.Placed;
import dev.vmtest.network.Addressing;
import dev.vmtest.network.Dhcp;
import dev.vmtest.network.Ethernet;
import dev.vmtest.network.Family;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.NetworkRoute;
import dev.vmtest.network.StaticAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Write a network section of version 1 as interfaces(5) and udev have it, for a target whose cloud-init does not read the
 * section itself.
 */
final class InterfacesFile {

    private static final String INDENT = "    ";

    private InterfacesFile() {}

    /** Return the text of {@code /etc/network/interfaces}: cards before what stands on them. */
    static String render(NetworkConfig config) {
        StringBuilder text = new StringBuilder("auto lo\niface lo inet loopback\n");
        List<String> servers = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        config.nameservers().forEach(each -> {
            each.addresses().forEach(address -> servers.add(address.value().toString()));
            each.searchDomains().forEach(domain -> domains.add(domain.value()));
        });
        option(text, "dns-nameservers", servers);
        option(text, "dns-search", domains);
        config.interfaces().stream()
                .filter(each -> IfupdownKind.of(each).isTold())
                .sorted(Comparator.comparingInt(each -> IfupdownKind.of(each).order()))
                .forEach(each -> stanzas(text, config, each));
        config.routes().forEach(route -> text.append(route(route, "")));
        return text.append("\nsource /etc/network/interfaces.d/*.cfg\n").toString();
    }

    /** Return udev's rules that give each card its name. */
    static String rules(NetworkConfig config) {
        return config.all(Ethernet.class)
                .filter(card -> card.cardAddress().isPresent() && card.name().isPresent())
                .map(card -> "SUBSYSTEM==\"net\", ACTION==\"add\", DRIVERS==\"?*\", ATTR{address}==\""
                        + card.cardAddress().get() + "\", NAME=\"" + card.name().get() + "\"\n")
                .collect(Collectors.joining());
    }

    private static void stanzas(StringBuilder text, NetworkConfig config, NetworkInterface each) {
        Addressing addressing = each.addressing();
        boolean first = true;
        for (Dhcp dhcp : addressing.dhcp()) {
            begin(text, config, each, dhcp.family(), "dhcp", first);
            first = false;
        }
        for (StaticAddress address : addressing.addresses()) {
            begin(text, config, each, address.family(), "static", first);
            option(text, "address", List.of(address.network().toString()));
            if (addressing.addresses(address.family()).get(0).equals(address)) {
                routes(text, addressing, address.family());
            }
            first = false;
        }
        if (first) {
            begin(text, config, each, Family.IPV4, "manual", true);
        }
    }

    private static void begin(
            StringBuilder text,
            NetworkConfig config,
            NetworkInterface each,
            Family family,
            String method,
            boolean first) {
        String name = each.settings().shownName();
        boolean member = config.masterOf(each.id()).isPresent();
        text.append('\n');
        if (first) {
            switch (each.settings().activation()) {
                case AT_BOOT -> text.append("auto ").append(name).append('\n');
                case HOTPLUG -> text.append("allow-hotplug ").append(name).append('\n');
                case UNSAID -> text.append(member ? "auto " + name + "\n" : "");
                case BY_HAND, KEPT_DOWN ->
                    text.append("# brought up by hand: ").append(name).append('\n');
            }
        }
        text.append("iface ")
                .append(name)
                .append(family == Family.IPV4 ? " inet " : " inet6 ")
                .append(method);
        text.append('\n');
        if (first) {
            options(text, config, each);
        }
        if (family == Family.IPV6 && each.settings().ipv6Mtu() != null) {
            option(text, "mtu", List.of(String.valueOf(each.settings().ipv6Mtu().value())));
        }
    }

    private static void options(StringBuilder text, NetworkConfig config, NetworkInterface each) {
        each.settings().askedMtu().ifPresent(mtu -> option(text, "mtu", List.of(mtu.toString())));
        Placed<String> mac = each.settings().macAddress();
        if (mac != null) {
            option(text, "hwaddress", List.of(mac.value()));
        }
        Addressing addressing = each.addressing();
        option(
                text,
                "dns-nameservers",
                addressing.nameservers().stream()
                        .map(server -> server.value().toString())
                        .toList());
        option(
                text,
                "dns-search",
                addressing.searchDomains().stream().map(Placed::value).toList());
        IfupdownKind.of(each).options().forEach(own -> option(text, own.key(), own.values()));
        config.masterOf(each.id())
                .map(IfupdownKind::of)
                .ifPresent(
                        master -> master.optionsOfMembers().forEach(told -> option(text, told.key(), told.values())));
    }

    private static void routes(StringBuilder text, Addressing addressing, Family family) {
        addressing.routes().stream()
                .filter(route -> route.family() == family)
                .forEach(route -> text.append(route(route, INDENT)));
    }

    /** Written with iproute2, which every target has; a route that cannot be made ends nothing, as curtin writes it. */
    private static String route(NetworkRoute route, String indent) {
        String words = (route.family() == Family.IPV4 ? "" : "-6 ") + "route %s " + route.describe();
        return indent + "post-up ip " + words.formatted("add") + " || true\n" + indent + "pre-down ip "
                + words.formatted("del") + " || true\n";
    }

    private static void option(StringBuilder text, String key, List<String> values) {
        if (!values.isEmpty()) {
            text.append(INDENT)
                    .append(key)
                    .append(' ')
                    .append(String.join(" ", values))
                    .append('\n');
        }
    }
}
