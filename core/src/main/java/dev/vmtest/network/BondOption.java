package dev.vmtest.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Describe one of the kernel's options of a bond (kernel documentation, networking/bonding). In version 1 a key is the
 * option with {@code bond-} or {@code bond_} before it.
 *
 * @param attribute the kernel's name
 * @param version2 what version 2 calls it, aliases last; empty where that cannot set it
 */
record BondOption(String attribute, ParameterShape shape, List<String> version2) {

    private static final String TARGETS = "arp_ip_target";

    private static final List<BondOption> ALL = List.of(
            option(
                    "mode",
                    ParameterShape.words(
                            "balance-rr",
                            "active-backup",
                            "balance-xor",
                            "broadcast",
                            "802.3ad",
                            "balance-tlb",
                            "balance-alb"),
                    "mode"),
            option("miimon", ParameterShape.milliseconds(), "mii-monitor-interval"),
            option("lacp_rate", ParameterShape.words("slow", "fast"), "lacp-rate"),
            option(
                    "xmit_hash_policy",
                    ParameterShape.words("layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"),
                    "transmit-hash-policy"),
            option("ad_select", ParameterShape.words("stable", "bandwidth", "count"), "ad-select"),
            option("min_links", ParameterShape.number(0, Integer.MAX_VALUE), "min-links"),
            option("all_slaves_active", ParameterShape.truth(), "all-members-active", "all-slaves-active"),
            option("arp_interval", ParameterShape.milliseconds(), "arp-interval"),
            option("arp_ip_target", ParameterShape.address(), "arp-ip-targets"),
            option(
                    "arp_validate",
                    ParameterShape.words("none", "active", "backup", "all", "filter", "filter_active", "filter_backup"),
                    "arp-validate"),
            option("arp_all_targets", ParameterShape.words("any", "all"), "arp-all-targets"),
            option("updelay", ParameterShape.milliseconds(), "up-delay"),
            option("downdelay", ParameterShape.milliseconds(), "down-delay"),
            option("fail_over_mac", ParameterShape.words("none", "active", "follow"), "fail-over-mac-policy"),
            option("num_grat_arp", ParameterShape.number(0, 255), "gratuitous-arp", "gratuitious-arp"),
            option("num_unsol_na", ParameterShape.number(0, 255)),
            option("packets_per_slave", ParameterShape.number(0, 65535), "packets-per-member", "packets-per-slave"),
            option("primary_reselect", ParameterShape.words("always", "better", "failure"), "primary-reselect-policy"),
            option("resend_igmp", ParameterShape.number(0, 255), "resend-igmp"),
            option("lp_interval", ParameterShape.seconds(1), "learn-packet-interval"),
            option("primary", ParameterShape.interfaceName(), "primary"),
            option("active_slave", ParameterShape.interfaceName()),
            option("use_carrier", ParameterShape.truth()),
            option("tlb_dynamic_lb", ParameterShape.truth()),
            option("peer_notif_delay", ParameterShape.milliseconds()),
            option("ad_actor_sys_prio", ParameterShape.number(1, 65535)),
            option("ad_actor_system", ParameterShape.macAddress()),
            option("ad_user_port_key", ParameterShape.number(0, 1023)));

    /** What curtin's page lists beside the options: the kernel reports it, and nobody can set it. */
    static final Set<String> REPORTED = Set.of(
            "ad_actor_key",
            "ad_aggregator",
            "ad_num_ports",
            "ad_partner_key",
            "ad_partner_mac",
            "mii_status",
            "queue_id",
            "slaves");

    private static BondOption option(String attribute, ParameterShape shape, String... version2) {
        return new BondOption(attribute, shape, List.of(version2));
    }

    /** Return the options as version 1 writes them, aliases for {@code -} and {@code _} included. */
    static List<Parameter> inVersion1() {
        List<Parameter> parameters = new ArrayList<>();
        for (BondOption option : ALL) {
            String dashed = "bond-" + option.attribute.replace('_', '-');
            String mixed = "bond-" + option.attribute;
            String lined = "bond_" + option.attribute;
            parameters.add(new Parameter(
                    option.attribute,
                    option.shape,
                    option.arity(),
                    List.of(dashed, mixed, lined).stream().distinct().toList()));
        }
        return parameters;
    }

    /** Return the options as version 2 writes them. */
    static List<Parameter> inVersion2() {
        List<Parameter> parameters = new ArrayList<>();
        for (BondOption option : ALL) {
            if (!option.version2.isEmpty()) {
                parameters.add(new Parameter(option.attribute, option.shape, option.arity(), option.version2));
            }
        }
        return parameters;
    }

    private Parameter.Arity arity() {
        return attribute.equals(TARGETS) ? Parameter.Arity.MANY : Parameter.Arity.ONE;
    }
}
