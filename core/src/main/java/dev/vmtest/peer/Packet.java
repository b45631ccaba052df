package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Hold a whole packet of IPv4 or IPv6 (RFC 791, RFC 8200). Fragments and options are not for the peer. */
final class Packet {

    static final int ICMP = 1;
    static final int UDP = 17;
    static final int ICMPV6 = 58;

    private static final int HEADER_4 = 20;
    private static final int HEADER_6 = 40;
    private static final int HOPS = 255;
    private static final int FRAGMENT = 0x3fff;
    private static final int CHECKSUM_AT = 2;
    private static final int UDP_CHECKSUM_AT = 6;

    private final IpAddress source;
    private final IpAddress destination;
    private final int protocol;
    private final ByteBuffer payload;
    private final int length;

    private Packet(IpAddress source, IpAddress destination, int protocol, byte[] payload, int length) {
        this.source = source;
        this.destination = destination;
        this.protocol = protocol;
        this.payload = ByteBuffer.wrap(payload);
        this.length = length;
    }

    /** Make a packet; a checksum at the usual place of its protocol is filled in. */
    Packet(IpAddress source, IpAddress destination, int protocol, byte[] payload) {
        this(source, destination, protocol, payload, 0);
        int place = protocol == UDP ? UDP_CHECKSUM_AT : CHECKSUM_AT;
        byte[] pseudoHeader = protocol == ICMP ? new byte[0] : pseudoHeader();
        int checksum = Octets.checksum(pseudoHeader, payload);
        // Of UDP, no checksum at all is written as 0 (RFC 768).
        this.payload.putShort(place, (short) (protocol == UDP && checksum == 0 ? 0xffff : checksum));
    }

    /** Return an answer to who sent this, by the same protocol. */
    Packet answer(byte[] otherPayload) {
        return new Packet(/* source= */ destination, /* destination= */ source, protocol, otherPayload);
    }

    private byte[] pseudoHeader() {
        byte[] from = Octets.of(source);
        ByteBuffer header = ByteBuffer.allocate(2 * from.length + 2 * Integer.BYTES);
        header.put(from).put(Octets.of(destination));
        // Both families' come to the same sum (RFC 768, RFC 8200 section 8.1).
        return header.putInt(payload.capacity()).putInt(protocol).array();
    }

    /** Read the packet of a frame; nothing where it has none, or a part of one. */
    static Optional<Packet> of(Frame frame) {
        ByteBuffer bytes = frame.payload();
        return switch (frame.type()) {
            case Frame.IPV4 -> version4(bytes);
            case Frame.IPV6 -> version6(bytes);
            default -> Optional.empty();
        };
    }

    private static Optional<Packet> version4(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_4) {
            return Optional.empty();
        }
        int header = (bytes.get(0) & 0x0f) * Integer.BYTES;
        int length = bytes.getShort(2) & 0xffff;
        boolean isPart = (bytes.getShort(6) & FRAGMENT) != 0;
        if (header < HEADER_4 || length < header || length > bytes.remaining() || isPart) {
            return Optional.empty();
        }
        int protocol = bytes.get(9) & 0xff;
        bytes.position(12);
        IpAddress source = Octets.address(bytes, Family.IPV4);
        IpAddress destination = Octets.address(bytes, Family.IPV4);
        bytes.position(header);
        return Optional.of(new Packet(source, destination, protocol, Octets.take(bytes, length - header), length));
    }

    private static Optional<Packet> version6(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_6) {
            return Optional.empty();
        }
        int length = bytes.getShort(4) & 0xffff;
        int protocol = bytes.get(6) & 0xff;
        bytes.position(8);
        IpAddress source = Octets.address(bytes, Family.IPV6);
        IpAddress destination = Octets.address(bytes, Family.IPV6);
        return length > bytes.remaining()
                ? Optional.empty()
                : Optional.of(new Packet(source, destination, protocol, Octets.take(bytes, length), HEADER_6 + length));
    }

    /** Return the packet with its header. */
    byte[] bytes() {
        boolean isVersion4 = source.family() == Family.IPV4;
        ByteBuffer bytes = ByteBuffer.allocate((isVersion4 ? HEADER_4 : HEADER_6) + payload.capacity());
        if (isVersion4) {
            bytes.putShort((short) 0x4500).putShort((short) bytes.capacity()).putInt(0x4000);
            bytes.put((byte) HOPS).put((byte) protocol).putShort((short) 0);
            bytes.put(Octets.of(source)).put(Octets.of(destination));
            byte[] header = new byte[HEADER_4];
            bytes.get(0, header);
            bytes.putShort(10, (short) Octets.checksum(header));
        } else {
            bytes.putInt(0x60000000).putShort((short) payload.capacity());
            bytes.put((byte) protocol).put((byte) HOPS);
            bytes.put(Octets.of(source)).put(Octets.of(destination));
        }
        return bytes.put(payload()).array();
    }

    IpAddress source() {
        return source;
    }

    IpAddress destination() {
        return destination;
    }

    int protocol() {
        return protocol;
    }

    /** Return how many bytes it has with its header, of one that was read. */
    int length() {
        return length;
    }

    /** Return what it carries, to be read from the beginning. */
    ByteBuffer payload() {
        return payload.duplicate();
    }
}
