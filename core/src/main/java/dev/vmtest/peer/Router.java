package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Announce a router of IPv6 to who asks for one (RFC 4861, section 4.2). */
final class Router {

    static final int SOLICITATION = 133;

    private static final int ADVERTISEMENT = 134;
    private static final int HOPS = 64;
    private static final int MANAGED = 0x80;
    private static final int OTHER = 0x40;
    private static final int ON_LINK = 0x80;
    private static final int AUTONOMOUS = 0x40;
    private static final int ROUTER_SECONDS = 1800;
    private static final int VALID_SECONDS = 86400;
    private static final int PREFERRED_SECONDS = 14400;
    private static final IpAddress ALL_NODES = IpAddress.parse("ff02::1").orElseThrow();
    private static final String ALL_NODES_MAC = "33:33:00:00:00:01";

    private Router() {}

    /** Return the announcement, if a packet asks for one. */
    static Optional<Frame> answer(String macAddress, Announcement announcement, Frame frame, Packet packet) {
        if (!isSolicitation(packet)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(56);
        int flags = (announcement.managed() ? MANAGED : 0) | (announcement.other() ? OTHER : 0);
        bytes.putInt(ADVERTISEMENT << 24).put((byte) HOPS).put((byte) flags).putShort((short) ROUTER_SECONDS);
        bytes.putLong(0).putShort((short) 0x0101);
        Octets.putMacAddress(bytes, macAddress);
        bytes.putShort((short) 0x0304).put((byte) announcement.prefix().prefix());
        bytes.put((byte) (ON_LINK | (announcement.autonomous() ? AUTONOMOUS : 0)));
        bytes.putInt(VALID_SECONDS).putInt(PREFERRED_SECONDS).putInt(0);
        bytes.put(Octets.of(announcement.prefix().network().address()));
        Packet answer = new Packet(LinkLocal.of(macAddress), ALL_NODES, Packet.ICMPV6, bytes.array());
        return Optional.of(new Frame(ALL_NODES_MAC, macAddress, frame.tags(), Frame.IPV6, answer.bytes()));
    }

    /** Return whether a packet asks for routers. */
    static boolean isSolicitation(Packet packet) {
        return packet.protocol() == Packet.ICMPV6
                && packet.payload().hasRemaining()
                && (packet.payload().get(0) & 0xff) == SOLICITATION;
    }
}
