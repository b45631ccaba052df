package dev.vmtest.peer;

/**
 * Say what the machine has sent, however often it did.
 *
 * @param wire on which NIC, with which tags
 * @param what what it was
 * @param source from which address of a card
 * @param from from which address of IP, or empty
 * @param via to which address of a card
 * @param to to which address of IP, or for whose it asked, or empty
 * @param bytes how long the longest packet was
 */
public record Heard(Wire wire, What what, String source, String from, String via, String to, int bytes) {

    /** Say what it was. */
    public enum What {
        /** It asks whose an address is: ARP, or a solicitation of a neighbour. */
        WHO_HAS,
        /** It asks whether somebody is there. */
        ECHO,
        /** It looks for a server of DHCP. */
        LEASE_WANTED,
        /** It looks for a router. */
        ROUTER_WANTED,
        /** It negotiates a bond. */
        NEGOTIATION
    }

    Heard with(int otherBytes) {
        return new Heard(wire, what, source, from, via, to, otherBytes);
    }
}
