package dev.vmtest.facts;

/**
 * Describe a rule that chooses a routing table, as {@code ip -d -j rule} listed it.
 *
 * @param from {@code all}, an address or a network in CIDR notation
 * @param to the same
 * @param table its name or number
 * @param mark the firewall's mark, such as {@code 0x1}; empty when none is shown
 */
public record KernelRule(boolean isVersion6, long priority, String from, String to, String table, String mark) {

    @Override
    public String toString() {
        return priority + ": from " + from + (to.equals("all") ? "" : " to " + to)
                + (mark.isEmpty() ? "" : " fwmark " + mark) + " table " + table;
    }
}
