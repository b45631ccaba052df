package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;

import java.util.stream.Stream;

/** Change the network of the system that was asked for: what an installer, a renderer or a person may get wrong. */
final class NetworkMutations {

    private static final String LINKS = "facts/network/addr.json";
    private static final String ROUTES = "facts/network/route-4.json";
    private static final String ROUTES_6 = "facts/network/route-6.json";
    private static final String RULES = "facts/network/rule-4.json";
    private static final String BOND = "facts/network/bonds/bond1";
    private static final String BRIDGE = "facts/network/bridges/br0";
    private static final String PORT = "facts/network/ports/nic3";
    private static final String LEASES = "facts/network/leases/dhclient.nic0.leases";
    private static final String PASSED_ON = "facts/network/cloud/50-curtin-networking.cfg";
    private static final String NIC0 = "\"ifname\":\"nic0\"";
    private static final String NIC2 = "\"ifname\":\"nic2\"";
    private static final String NIC3 = "\"ifname\":\"nic3\"";
    private static final String NIC4 = "\"ifname\":\"nic4\"";
    private static final String BOND1 = "\"ifname\":\"bond1\"";
    private static final String BR0 = "\"ifname\":\"br0\"";
    private static final String VLAN = "\"ifname\":\"nic4.2667\"";

    private NetworkMutations() {}

    static Stream<Mutation> all() {
        return Stream.of(interfaces(), addresses(), routes(), resolvers(), bonds(), bridges(), vlans(), files())
                .flatMap(stream -> stream);
    }

    private static Stream<Mutation> interfaces() {
        return Stream.of(
                mutation("an interface is missing", system -> system.removeLines(LINKS, BR0), "interface br0: present"),
                mutation(
                        "an interface has another name",
                        system -> system.replace(LINKS, "\"nic4\"", "\"enp0s12\"")
                                .replace(ROUTES, "\"nic4\"", "\"enp0s12\""),
                        "interface nic4: present"),
                mutation(
                        "two cards are swapped",
                        system -> system.replace(LINKS, "52:54:00:12:34:03", "52:54:00:12:34:ff")
                                .replaceInLine(LINKS, NIC4, "52:54:00:12:34:04", "52:54:00:12:34:03")
                                .replaceInLine(LINKS, NIC3, "52:54:00:12:34:ff", "52:54:00:12:34:04"),
                        "interface nic3: hardware",
                        "interface nic4: hardware"),
                mutation(
                        "a bond is on another card",
                        system -> system.replaceInLine(
                                LINKS,
                                NIC2,
                                "\"permaddr\":\"52:54:00:12:34:02\"",
                                "\"permaddr\":\"52:54:00:12:34:09\""),
                        "interface nic2: hardware"),
                mutation(
                        "an interface was not brought up",
                        system -> system.replaceInLine(LINKS, NIC4, "\"UP\",\"LOWER_UP\"", "\"PROMISC\"")
                                .replaceInLine(LINKS, NIC4, "\"operstate\":\"UP\"", "\"operstate\":\"DOWN\""),
                        "interface nic4: state"),
                mutation(
                        "an interface has no carrier",
                        system -> system.replaceInLine(LINKS, NIC0, "\"operstate\":\"UP\"", "\"operstate\":\"DOWN\""),
                        "interface nic0: state"),
                mutation(
                        "another MTU",
                        system -> system.replaceInLine(LINKS, NIC4, "\"mtu\":1492", "\"mtu\":1500"),
                        "interface nic4: MTU"),
                mutation(
                        "another MTU of IPv6",
                        system -> system.replaceInLine("facts/network/ipv6-mtu", "nic4\t", "1492", "1280"),
                        "interface nic4: IPv6 MTU"),
                mutation(
                        "a bridge where a bond was asked for",
                        system -> system.replaceInLine(
                                LINKS, BOND1, "\"info_kind\":\"bond\"", "\"info_kind\":\"bridge\""),
                        "interface bond1: present"));
    }

    private static Stream<Mutation> addresses() {
        String own = "\"local\":\"10.23.20.11\",\"prefixlen\":24";
        return Stream.of(
                mutation(
                        "another address",
                        system -> system.replaceInLine(LINKS, NIC4, own, "\"local\":\"10.23.20.12\",\"prefixlen\":24"),
                        "interface nic4: address 10.23.20.11/24"),
                mutation(
                        "another prefix",
                        system -> system.replaceInLine(LINKS, NIC4, own, "\"local\":\"10.23.20.11\",\"prefixlen\":16"),
                        "interface nic4: address 10.23.20.11/24"),
                mutation(
                        "another address of IPv6",
                        system -> system.replaceInLine(LINKS, NIC4, "fd00:20::11", "fd00:20::12"),
                        "interface nic4: address fd00:20::11/64"),
                mutation(
                        "an address that another machine has",
                        system -> system.replaceInLine(
                                LINKS,
                                NIC4,
                                "\"local\":\"fd00:20::11\"",
                                "\"dadfailed\":true,\"local\":\"fd00:20::11\""),
                        "interface nic4: address fd00:20::11/64"),
                mutation(
                        "one address more",
                        system -> system.replaceInLine(
                                LINKS,
                                NIC4,
                                "\"addr_info\":[",
                                "\"addr_info\":[{\"family\":\"inet\",\"local\":\"10.99.0.1\",\"prefixlen\":24,"
                                        + "\"scope\":\"global\"},"),
                        "interface nic4: no other address"),
                mutation(
                        "an address where none was asked for",
                        system -> system.replaceInLine(
                                LINKS,
                                NIC3,
                                "\"addr_info\":[",
                                "\"addr_info\":[{\"family\":\"inet\",\"local\":\"10.99.0.1\",\"prefixlen\":24,"
                                        + "\"scope\":\"global\"}"),
                        "interface nic3: no other address"),
                mutation(
                        "an address that a router announced",
                        system -> system.replaceInLine(
                                LINKS,
                                NIC4,
                                "\"addr_info\":[",
                                "\"addr_info\":[{\"family\":\"inet6\",\"local\":\"fec0::5054:ff:fe12:3404\",\"prefixlen\":64,"
                                        + "\"scope\":\"site\",\"dynamic\":true,\"mngtmpaddr\":true,\"valid_life_time\":86380},")),
                mutation(
                        "a lease where an address of its own was asked for",
                        system -> system.replaceInLine(LINKS, NIC4, own, "\"dynamic\":true," + own),
                        "interface nic4: address 10.23.20.11/24"),
                mutation(
                        "an address of its own where a lease was asked for",
                        system -> system.replaceInLine(
                                        LINKS, NIC0, "\"dynamic\":true,\"label\":\"nic0\"", "\"label\":\"nic0\"")
                                .replaceInLine(
                                        LINKS,
                                        NIC0,
                                        "\"valid_life_time\":8",
                                        "\"valid_life_time\":4294967295,\"was\":8"),
                        "interface nic0: lease of IPv4"),
                mutation(
                        "no lease",
                        system -> system.replaceInLine(
                                        LINKS,
                                        NIC0,
                                        "\"family\":\"inet\",\"local\":\"10.0.2.15\"",
                                        "\"family\":\"inet\",\"local\":\"169.254.7.7\"")
                                .replaceInLine(
                                        LINKS, NIC0, "\"scope\":\"global\",\"dynamic\":true", "\"scope\":\"link\""),
                        "interface nic0: lease of IPv4"),
                mutation(
                        "an address that is in no lease",
                        system -> system.replace(LEASES, "fixed-address 10.0.2.15", "fixed-address 10.0.2.16"),
                        "interface nic0: lease of IPv4"),
                mutation(
                        "an address of a bond is on its member",
                        system -> system.replaceInLine(LINKS, BOND1, "10.23.23.2", "10.23.23.3"),
                        "interface bond1: address 10.23.23.2/24"));
    }

    private static Stream<Mutation> routes() {
        return Stream.of(
                mutation(
                        "another gateway",
                        system -> system.replaceInLine(ROUTES, "\"metric\":5", "10.23.20.1", "10.23.20.2"),
                        "interface nic4: route default via 10.23.20.1 metric 5"),
                mutation(
                        "no gateway",
                        system -> system.removeLines(ROUTES, "\"metric\":5"),
                        "interface nic4: route default via 10.23.20.1 metric 5"),
                mutation(
                        "another metric",
                        system -> system.replaceInLine(ROUTES, "10.9.0.0", "\"metric\":3", "\"metric\":4"),
                        "interface nic4: route 10.9.0.0/16 via 10.23.20.1 metric 3"),
                mutation(
                        "a route on another interface",
                        system -> system.replaceInLine(ROUTES, "10.9.0.0", "\"dev\":\"nic4\"", "\"dev\":\"nic0\""),
                        "interface nic4: route 10.9.0.0/16 via 10.23.20.1 metric 3"),
                mutation(
                        "a route to a smaller network",
                        system -> system.replace(ROUTES, "10.9.0.0/16", "10.9.0.0/24"),
                        "interface nic4: route 10.9.0.0/16 via 10.23.20.1 metric 3"),
                mutation(
                        "a route is missing",
                        system -> system.removeLines(ROUTES, "10.9.0.0"),
                        "interface nic4: route 10.9.0.0/16 via 10.23.20.1 metric 3"),
                mutation(
                        "a route in another table",
                        system -> system.replaceInLine(ROUTES, "10.10.0.0", "\"table\":\"5\"", "\"table\":\"main\""),
                        "interface nic4: route 10.10.0.0/16 via 10.23.20.1 table 5"),
                mutation(
                        "a default route that nothing asked for",
                        system -> system.replace(
                                ROUTES,
                                "[\n",
                                "[\n{\"type\":\"unicast\",\"dst\":\"default\",\"gateway\":\"10.23.23.1\",\"dev\":\"bond1\","
                                        + "\"table\":\"main\",\"metric\":9},\n"),
                        "network: no other default route"),
                mutation(
                        "a default route of IPv6 that nothing asked for",
                        system -> system.replaceInLine(
                                ROUTES_6,
                                "\"dev\":\"br0\",\"table\":\"main\",\"protocol\":\"ra\"",
                                "\"protocol\":\"ra\"",
                                "\"protocol\":\"static\""),
                        "network: no other default route"),
                mutation(
                        "a rule is missing",
                        system -> system.removeLines(RULES, "10.23.20.0"),
                        "interface nic4: rule from 10.23.20.0/24 table 5"),
                mutation(
                        "a rule of another priority",
                        system -> system.replace(RULES, "\"priority\":10,", "\"priority\":11,"),
                        "interface nic4: rule from 10.23.20.0/24 table 5"),
                mutation(
                        "a rule for another table",
                        system -> system.replaceInLine(RULES, "10.23.20.0", "\"table\":\"5\"", "\"table\":\"6\""),
                        "interface nic4: rule from 10.23.20.0/24 table 5"));
    }

    private static Stream<Mutation> resolvers() {
        return Stream.of(
                mutation(
                        "another nameserver",
                        system -> system.replace("resolv.conf", "10.0.2.3", "10.0.2.4"),
                        "nameserver 10.0.2.3"),
                mutation(
                        "no search domain",
                        system -> system.removeLines("resolv.conf", "search"),
                        "search domain example.org"),
                mutation(
                        "no resolver at all",
                        system -> system.delete("resolv.conf"),
                        "nameserver 10.0.2.3",
                        "search domain example.org"));
    }

    private static Stream<Mutation> bonds() {
        return Stream.of(
                mutation(
                        "another mode",
                        system -> system.replace(BOND, "mode=active-backup 1", "mode=balance-rr 0"),
                        "interface bond1: mode"),
                mutation(
                        "a member is missing",
                        system -> system.replaceInLine(LINKS, "\"ifname\":\"nic1\"", "\"master\":\"bond1\",", ""),
                        "interface bond1: members"),
                mutation(
                        "a link that is not watched",
                        system -> system.replace(BOND, "miimon=100", "miimon=0"),
                        "interface bond1: mii-monitor-interval"),
                mutation(
                        "another primary",
                        system -> system.replace(BOND, "primary=nic2", "primary=nic1"),
                        "interface bond1: primary"),
                mutation(
                        "the primary is not active",
                        system -> system.replace(BOND, "active_slave=nic2", "active_slave=nic1"),
                        "interface bond1: active member"),
                mutation(
                        "another MAC address",
                        system -> system.replaceInLine(
                                LINKS, BOND1, "\"address\":\"52:54:00:12:34:16\"", "\"address\":\"52:54:00:12:34:01\""),
                        "interface bond1: MAC address"),
                mutation(
                        "a package is missing",
                        system -> system.removeLines("debian-packages.txt", "ifenslave"),
                        "interface bond1: package"));
    }

    private static Stream<Mutation> bridges() {
        return Stream.of(
                mutation(
                        "a port is missing",
                        system -> system.replaceInLine(LINKS, NIC3, "\"master\":\"br0\",", "")
                                .delete(PORT),
                        "interface br0: ports"),
                mutation(
                        "the spanning tree protocol is on",
                        system -> system.replace(BRIDGE, "stp_state=0", "stp_state=1"),
                        "interface br0: stp"),
                mutation(
                        "another delay",
                        system -> system.replace(BRIDGE, "forward_delay=300", "forward_delay=1500"),
                        "interface br0: forward-delay"),
                mutation(
                        "another hello time",
                        system -> system.replace(BRIDGE, "hello_time=100", "hello_time=200"),
                        "interface br0: hello-time"),
                mutation(
                        "another age of messages",
                        system -> system.replace(BRIDGE, "max_age=1200", "max_age=2000"),
                        "interface br0: max-age"),
                mutation(
                        "another age of addresses",
                        system -> system.replace(BRIDGE, "ageing_time=24000", "ageing_time=30000"),
                        "interface br0: ageing-time"),
                mutation(
                        "another priority of the bridge",
                        system -> system.replace(BRIDGE, "\npriority=4096", "\npriority=32768"),
                        "interface br0: priority"),
                mutation(
                        "another cost of a port",
                        system -> system.replace(PORT, "path_cost=60", "path_cost=100"),
                        "interface br0: path-cost of nic3"),
                mutation(
                        "another priority of a port",
                        system -> system.replace(PORT, "\npriority=24", "\npriority=32"),
                        "interface br0: port-priority of nic3"),
                mutation(
                        "bridge-utils is missing",
                        system -> system.removeLines("debian-packages.txt", "bridge-utils"),
                        "interface br0: package"));
    }

    private static Stream<Mutation> vlans() {
        return Stream.of(
                mutation(
                        "another id",
                        system -> system.replaceInLine(LINKS, VLAN, "\"id\":2667", "\"id\":2668"),
                        "interface nic4.2667: id"),
                mutation(
                        "on another interface",
                        system -> system.replaceInLine(LINKS, VLAN, "\"link\":\"nic4\"", "\"link\":\"nic0\""),
                        "interface nic4.2667: link"),
                mutation(
                        "another protocol",
                        system -> system.replaceInLine(
                                LINKS, VLAN, "\"protocol\":\"802.1Q\"", "\"protocol\":\"802.1ad\""),
                        "interface nic4.2667: protocol"),
                mutation(
                        "another MTU of a VLAN",
                        system -> system.replaceInLine(LINKS, VLAN, "\"mtu\":1400", "\"mtu\":1492"),
                        "interface nic4.2667: MTU"),
                mutation(
                        "vlan is missing",
                        system -> system.removeLines("debian-packages.txt", "\tvlan\t"),
                        "interface nic4.2667: package"));
    }

    private static Stream<Mutation> files() {
        return Stream.of(
                mutation("the section was not passed on", system -> system.delete(PASSED_ON), "network: passed on"),
                mutation(
                        "the section was changed on its way",
                        system -> system.replace(PASSED_ON, "2667, link", "2668, link"),
                        "network: passed on"),
                mutation(
                        "a file for cloud-init beside the section",
                        system -> system.write("facts/network/cloud/99-disable.cfg", "network: {config: disabled}\n"),
                        "network: no other file"),
                mutation(
                        "a file for ifupdown beside the section",
                        system -> system.write("interfaces.d/extra", "auto nic9\niface nic9 inet dhcp\n"),
                        "network: no other file"),
                mutation(
                        "stanzas in ifupdown's own file",
                        system -> system.append("interfaces", "auto nic9\niface nic9 inet dhcp\n"),
                        "network: no other file"),
                mutation(
                        "netplan has something else",
                        system -> system.replace("facts/network/online", "renderer=ifupdown", "renderer=networkd")
                                .write("facts/network/netplan.yaml", "network: {version: 2, renderer: networkd}\n"),
                        "network: netplan"),
                mutation(
                        "the renderer did not configure an interface",
                        system -> system.write(
                                "facts/network/networkctl.json",
                                "{\"Interfaces\":[{\"Name\":\"nic4\",\"SetupState\":\"unmanaged\"}]}"),
                        "interface nic4: state"),
                mutation(
                        "a file for netplan beside the section",
                        system -> system.write("facts/network/netplan/00-installer.yaml", "network: {version: 2}\n"),
                        "network: no other file"));
    }
}
