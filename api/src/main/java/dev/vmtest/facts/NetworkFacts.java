package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hold what an installed system said about its network. Reached through {@link Facts#network}; the same rules hold: an
 * accessor whose source was not collected or cannot be read throws {@link NotCollectedException}.
 */
public final class NetworkFacts {

    private static final String ROOT = "facts/network/";
    private static final String LINKS = ROOT + "addr.json";
    private static final String ROUTES_4 = ROOT + "route-4.json";
    private static final String ROUTES_6 = ROOT + "route-6.json";
    private static final String RULES_4 = ROOT + "rule-4.json";
    private static final String RULES_6 = ROOT + "rule-6.json";
    private static final String DEVICES = ROOT + "devices";
    private static final String IPV6_MTU = ROOT + "ipv6-mtu";
    private static final String BONDS = ROOT + "bonds";
    private static final String BRIDGES = ROOT + "bridges";
    private static final String PORTS = ROOT + "ports";
    private static final String LEASES = ROOT + "leases";
    private static final String ONLINE = ROOT + "online";
    private static final String SWITCHES = ROOT + "switches";
    private static final String CLOUD = ROOT + "cloud";
    private static final String RESOLVER = "resolv.conf";
    private static final String RESOLVED = "run_systemd_resolve/resolv.conf";
    private static final String LINK_SERVERS = ROOT + "resolved-servers";
    private static final String NETPLAN = ROOT + "netplan.yaml";
    private static final String NETWORKCTL = ROOT + "networkctl.json";
    private static final String NMCLI = ROOT + "nmcli";
    private static final String LINK_DOMAINS = ROOT + "resolved-domains";
    /** {@code resolvectl dns}: "Link 2 (eth0): 10.0.2.3 fec0::3". */
    private static final Pattern OF_LINK = Pattern.compile("Link [0-9]+ \\((?<name>[^)]+)\\):(?<words>.*)");

    private final CollectDirectory directory;
    private final Fact<List<NetworkLink>> links;
    private final Fact<List<KernelRoute>> routes;
    private final Fact<List<KernelRule>> rules;
    private final Fact<Map<String, String>> drivers;
    private final Fact<Map<String, String>> ipv6Mtus;
    private final Fact<List<Lease>> leases;
    private final Fact<Map<String, String>> switches;
    private final Fact<ReachFacts> reach;

    NetworkFacts(CollectDirectory directory) {
        this.directory = directory;
        links = Fact.read(LINKS, () -> KernelNetworkReader.links(LINKS, directory.text(LINKS)));
        routes = Fact.read(
                ROUTES_4,
                () -> Stream.concat(
                                KernelNetworkReader.routes(ROUTES_4, directory.text(ROUTES_4), false).stream(),
                                KernelNetworkReader.routes(ROUTES_6, directory.text(ROUTES_6), true).stream())
                        .toList());
        rules = Fact.read(
                RULES_4,
                () -> Stream.concat(
                                KernelNetworkReader.rules(RULES_4, directory.text(RULES_4), false).stream(),
                                KernelNetworkReader.rules(RULES_6, directory.text(RULES_6), true).stream())
                        .toList());
        drivers = Fact.read(DEVICES, () -> columns(directory.text(DEVICES)));
        ipv6Mtus = Fact.read(IPV6_MTU, () -> columns(directory.text(IPV6_MTU)));
        leases = Fact.read(LEASES, this::readLeases);
        switches = Fact.read(SWITCHES, () -> columns(directory.text(SWITCHES)));
        reach = Fact.read(ReachFacts.FILE, () -> ReachFacts.read(directory.text(ReachFacts.FILE)));
    }

    private static Map<String, String> columns(String text) {
        Map<String, String> columns = new LinkedHashMap<>();
        text.lines()
                .map(line -> line.split("\t", 2))
                .filter(line -> line.length == 2)
                .forEach(line -> columns.put(line[0], line[1].strip()));
        return columns;
    }

    private List<Lease> readLeases() {
        if (!directory.has(LEASES)) {
            throw new NotCollectedException(LEASES + " was not collected");
        }
        List<Lease> found = new ArrayList<>();
        for (String file : directory.files(LEASES)) {
            String text = directory.text(LEASES + "/" + file);
            if (file.endsWith(".leases")) {
                found.addAll(LeaseReader.dhclient(text));
            } else if (file.endsWith(".lease")) {
                // NetworkManager: internal-UUID-NAME.lease
                found.addAll(LeaseReader.variables(
                        text, file.substring(file.lastIndexOf('-') + 1, file.length() - ".lease".length())));
            } else {
                // networkd names them by the number of the interface.
                found.addAll(LeaseReader.variables(text, nameOf(file)));
            }
        }
        return found;
    }

    private String nameOf(String index) {
        return links().stream()
                .filter(link -> String.valueOf(link.index()).equals(index))
                .map(NetworkLink::name)
                .findFirst()
                .orElse("");
    }

    /** Return every interface. */
    public List<NetworkLink> links() {
        return links.get();
    }

    /** Return the interface with a name. */
    public Optional<NetworkLink> link(String name) {
        return links().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Return every route of every table, in both families. */
    public List<KernelRoute> routes() {
        return routes.get();
    }

    /** Return every rule that chooses a routing table, in both families. */
    public List<KernelRule> rules() {
        return rules.get();
    }

    /** Return the kernel's driver of each network card, by the name of its interface. */
    public Map<String, String> drivers() {
        return drivers.get();
    }

    /** Return the largest packet of IPv6 on an interface, in bytes. */
    public Optional<String> ipv6Mtu(String name) {
        return Optional.ofNullable(ipv6Mtus.get().get(name));
    }

    /** Return the attributes of a bond in sysfs; nothing if there is no such bond. */
    public Optional<Map<String, String>> bond(String name) {
        return attributes(BONDS, name);
    }

    /** Return the attributes of a bridge in sysfs; nothing if there is no such bridge. */
    public Optional<Map<String, String>> bridge(String name) {
        return attributes(BRIDGES, name);
    }

    /** Return the attributes of a port of a bridge in sysfs; nothing if it is a port of none. */
    public Optional<Map<String, String>> port(String name) {
        return attributes(PORTS, name);
    }

    private Optional<Map<String, String>> attributes(String kind, String name) {
        if (!directory.has(kind)) {
            throw new NotCollectedException(kind + " was not collected");
        }
        String path = kind + "/" + name;
        return directory.has(path) ? Optional.of(TableReader.variables(directory.text(path))) : Optional.empty();
    }

    /** Return the ports of each switch of Open vSwitch, with blanks between them. */
    public Map<String, String> switches() {
        return switches.get();
    }

    /** Return what DHCP servers gave, the newest last. */
    public List<Lease> leases() {
        return leases.get();
    }

    /** Return who of its neighbours has answered, where it was told to ask them. */
    public ReachFacts reach() {
        return reach.get();
    }

    /** Return who configures the network: {@code ifupdown}, {@code networkd}, {@code network-manager} or {@code none}. */
    public String renderer() {
        return TableReader.variables(directory.text(ONLINE)).getOrDefault("renderer", "none");
    }

    /** Return whether that says that the network is up: {@code yes}, {@code no} or {@code unknown}. */
    public String online() {
        return TableReader.variables(directory.text(ONLINE)).getOrDefault("online", "unknown");
    }

    /** Return the addresses of the servers that programs ask for names. */
    public List<String> nameservers() {
        return resolver("nameserver");
    }

    /** Return the domains in which names are looked for. */
    public List<String> searchDomains() {
        return resolver("search");
    }

    /** Return what netplan has of all its files together, as YAML; nothing where there is no netplan. */
    public Optional<String> netplan() {
        return directory.has(NETPLAN) ? Optional.of(directory.text(NETPLAN)) : Optional.empty();
    }

    /**
     * Return what systemd-networkd or NetworkManager says of an interface, such as {@code configured}, {@code connected},
     * {@code unmanaged} or {@code failed}; nothing where neither is asked.
     */
    public Optional<String> rendererState(String name) {
        if (directory.has(NETWORKCTL)) {
            return Json.items(Json.parse(NETWORKCTL, directory.text(NETWORKCTL)), "Interfaces").stream()
                    .filter(each -> name.equals(Json.text(each, "Name")))
                    .map(each -> Objects.requireNonNullElse(
                            Json.text(each, "SetupState"),
                            Objects.requireNonNullElse(Json.text(each, "AdministrativeState"), "unknown")))
                    .findFirst();
        }
        if (!directory.has(NMCLI)) {
            return Optional.empty();
        }
        boolean isMeant = false;
        for (String line : directory.text(NMCLI).lines().toList()) {
            if (line.startsWith("GENERAL.DEVICE:")) {
                isMeant = line.equals("GENERAL.DEVICE:" + name);
            } else if (isMeant && line.startsWith("GENERAL.STATE:")) {
                // "GENERAL.STATE:100 (connected)"
                return Optional.of(line.replaceFirst("^[^(]*\\(", "").replaceFirst("\\)$", ""));
            }
        }
        return Optional.empty();
    }

    /** Return the servers that systemd-resolved asks by way of an interface; nothing where it does not run. */
    public Optional<List<String>> nameserversOf(String name) {
        return ofLink(LINK_SERVERS, name);
    }

    /** Return the domains in which systemd-resolved looks by way of an interface; nothing where it does not run. */
    public Optional<List<String>> searchDomainsOf(String name) {
        return ofLink(LINK_DOMAINS, name);
    }

    private Optional<List<String>> ofLink(String file, String name) {
        if (!directory.has(file)) {
            return Optional.empty();
        }
        return Optional.of(directory
                .text(file)
                .lines()
                .map(line -> OF_LINK.matcher(line.strip()))
                .filter(link -> link.matches() && link.group("name").equals(name))
                .flatMap(link -> Stream.of(link.group("words").strip().split("\\s+", -1)))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /** The stub of systemd-resolved stands before the servers that it asks. */
    private List<String> resolver(String keyword) {
        String file = directory.has(RESOLVED) ? RESOLVED : RESOLVER;
        return directory
                .text(file)
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[0].equals(keyword))
                .flatMap(words -> Stream.of(words).skip(1))
                .toList();
    }

    /** Return the names of the files below /etc/cloud/cloud.cfg.d that say something of the network. */
    public List<String> cloudFiles() {
        if (!directory.has(CLOUD)) {
            throw new NotCollectedException(CLOUD + " was not collected");
        }
        return directory.files(CLOUD);
    }

    /** Return such a file. */
    public String cloudFile(String name) {
        return directory.text(CLOUD + "/" + name);
    }
}
