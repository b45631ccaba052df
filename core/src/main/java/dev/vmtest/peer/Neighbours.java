package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Answer what every machine of a network answers: who has an address (RFC 826, RFC 4861), and whether it is there (RFC
 * 792, RFC 4443). Names are resolved to nothing (RFC 1035).
 */
final class Neighbours {

    static final int SOLICITATION = 135;
    static final int ADVERTISEMENT = 136;
    static final int ECHO_4 = 8;
    static final int ECHO_6 = 128;

    private static final int ECHO_REPLY_4 = 0;
    private static final int ECHO_REPLY_6 = 129;
    private static final int ARP_LENGTH = 28;
    private static final long ARP_OF_IPV4 = 0x0001_0800_0604L;
    private static final int NAMES = 53;
    private static final int UDP_HEADER = 8;
    private static final int NAME_HEADER = 12;

    /** A response to a recursive question: there is no such name. */
    private static final int NO_SUCH_NAME = 0x8183;

    /** A router that was asked, and that what was known before is replaced. */
    private static final int ASKED = 0xe0000000;

    private Neighbours() {}

    /** Return what the stations of a network answer to a frame. */
    static Optional<Frame> answer(List<Station> stations, Frame frame) {
        if (frame.type() == Frame.ARP) {
            return address4(stations, frame);
        }
        Optional<Packet> read = Packet.of(frame);
        if (read.isEmpty() || read.get().payload().remaining() < UDP_HEADER) {
            return Optional.empty();
        }
        Packet packet = read.get();
        int type = packet.payload().get(0) & 0xff;
        if (packet.protocol() == Packet.ICMPV6 && type == SOLICITATION) {
            return address6(stations, frame, packet);
        }
        return stations.stream()
                .filter(station -> station.macAddress().equals(frame.destination()))
                .filter(station -> station.answersFor(packet.destination()))
                .findFirst()
                .flatMap(station -> packet.protocol() == Packet.UDP
                        ? name(station, frame, packet)
                        : echo(station, frame, packet, type));
    }

    private static Optional<Frame> address4(List<Station> stations, Frame frame) {
        ByteBuffer asked = frame.payload();
        if (asked.remaining() < ARP_LENGTH || asked.getLong(0) >>> 16 != ARP_OF_IPV4 || asked.getShort(6) != 1) {
            return Optional.empty();
        }
        asked.position(8);
        String askerMac = Octets.macAddress(asked);
        IpAddress asker = Octets.address(asked, Family.IPV4);
        asked.position(24);
        IpAddress wanted = Octets.address(asked, Family.IPV4);
        return owner(stations, wanted).map(station -> {
            ByteBuffer reply = ByteBuffer.allocate(ARP_LENGTH);
            reply.putInt(0x00010800).putInt(0x06040002);
            Octets.putMacAddress(reply, station.macAddress());
            reply.put(Octets.of(wanted));
            Octets.putMacAddress(reply, askerMac);
            reply.put(Octets.of(asker));
            return frame.answer(station.macAddress(), Frame.ARP, reply.array());
        });
    }

    private static Optional<Station> owner(List<Station> stations, IpAddress address) {
        return stations.stream()
                .filter(station -> station.addresses().contains(address))
                .findFirst();
    }

    private static Optional<Frame> address6(List<Station> stations, Frame frame, Packet packet) {
        ByteBuffer asked = packet.payload();
        if (asked.remaining() < 24 || packet.source().value().signum() == 0) {
            // Who asks without an address only looks whether its own is free; a station's never is its own.
            return Optional.empty();
        }
        asked.position(8);
        IpAddress wanted = Octets.address(asked, Family.IPV6);
        return owner(stations, wanted).map(station -> {
            ByteBuffer reply = ByteBuffer.allocate(32);
            reply.putInt(ADVERTISEMENT << 24)
                    .putInt(ASKED)
                    .put(Octets.of(wanted))
                    .putShort((short) 0x0201);
            Octets.putMacAddress(reply, station.macAddress());
            Packet answer = new Packet(wanted, packet.source(), Packet.ICMPV6, reply.array());
            return frame.answer(station.macAddress(), Frame.IPV6, answer.bytes());
        });
    }

    private static Optional<Frame> echo(Station station, Frame frame, Packet packet, int type) {
        boolean isVersion4 = packet.protocol() == Packet.ICMP && type == ECHO_4;
        boolean isVersion6 = packet.protocol() == Packet.ICMPV6 && type == ECHO_6;
        if (!isVersion4 && !isVersion6) {
            return Optional.empty();
        }
        ByteBuffer reply = ByteBuffer.allocate(packet.payload().remaining());
        reply.put(packet.payload()).put(0, (byte) (isVersion4 ? ECHO_REPLY_4 : ECHO_REPLY_6));
        reply.putShort(2, (short) 0);
        Packet answer = packet.answer(reply.array());
        return Optional.of(frame.answer(station.macAddress(), frame.type(), answer.bytes()));
    }

    /** Who asks for a name is told at once that there is none, so that nothing in the guest waits for it. */
    private static Optional<Frame> name(Station station, Frame frame, Packet packet) {
        ByteBuffer asked = packet.payload();
        int from = Octets.unsignedShort(asked);
        int to = Octets.unsignedShort(asked);
        asked.position(UDP_HEADER);
        if (to != NAMES || asked.remaining() <= NAME_HEADER || asked.getShort(UDP_HEADER + 4) != 1) {
            return Optional.empty();
        }
        byte[] question = question(asked.slice());
        ByteBuffer reply = ByteBuffer.allocate(UDP_HEADER + NAME_HEADER + question.length);
        reply.putShort((short) NAMES).putShort((short) from);
        reply.putShort((short) reply.capacity()).putShort((short) 0);
        reply.putShort(asked.getShort()).putShort((short) NO_SUCH_NAME);
        reply.putShort((short) (question.length == 0 ? 0 : 1))
                .putShort((short) 0)
                .putInt(0)
                .put(question);
        Packet answer = packet.answer(reply.array());
        return Optional.of(frame.answer(station.macAddress(), frame.type(), answer.bytes()));
    }

    /** Return the one question: a name of labels, its type and its class; nothing where it is cut off. */
    private static byte[] question(ByteBuffer message) {
        int end = NAME_HEADER;
        while (end < message.limit() && message.get(end) != 0) {
            end += (message.get(end) & 0xff) + 1;
        }
        end += 1 + Integer.BYTES;
        if (end > message.limit()) {
            return new byte[0];
        }
        message.position(NAME_HEADER);
        return Octets.take(message, end - NAME_HEADER);
    }
}
