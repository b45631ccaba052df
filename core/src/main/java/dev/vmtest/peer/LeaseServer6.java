package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lease addresses of IPv6 (RFC 8415). */
final class LeaseServer6 {

    static final int SERVER_PORT = 547;
    static final int CLIENT_PORT = 546;

    private static final int SOLICIT = 1;
    private static final int ADVERTISE = 2;
    private static final int REQUEST = 3;
    private static final int CONFIRM = 4;
    private static final int RENEW = 5;
    private static final int REBIND = 6;
    private static final int REPLY = 7;
    private static final int RELEASE = 8;
    private static final int DECLINE = 9;
    private static final int INFORMATION = 11;

    private static final int CLIENT_IDENTIFIER = 1;
    private static final int SERVER_IDENTIFIER = 2;
    private static final int ASSOCIATION = 3;
    private static final int ADDRESS = 5;
    private static final int STATUS = 13;
    private static final int NAMESERVERS = 23;

    private static final int UDP_HEADER = 8;
    private static final int HEADER = 4;
    private static final int LONGEST_REPLY = 1200;
    private static final int LONGEST_IDENTIFIER = 130;
    private static final int VALID_SECONDS = 7200;
    private static final int PREFERRED_SECONDS = 3600;

    private final String macAddress;
    private final Leases leases;
    private final BiConsumer<String, IpAddress> given;

    /**
     * Serve.
     *
     * @param macAddress the server's
     * @param given told which card has been given which address
     */
    LeaseServer6(String macAddress, Leases leases, BiConsumer<String, IpAddress> given) {
        this.macAddress = macAddress;
        this.leases = leases;
        this.given = given;
    }

    /** Return the type of a client's message, as RFC 8415 numbers it; 0 where a packet is none. */
    static int type(Packet packet) {
        ByteBuffer bytes = packet.payload();
        return packet.protocol() == Packet.UDP
                        && bytes.remaining() >= UDP_HEADER + HEADER
                        && (bytes.getShort(2) & 0xffff) == SERVER_PORT
                ? bytes.get(UDP_HEADER) & 0xff
                : 0;
    }

    /** Return the answer to a packet, if it is for a server of leases. */
    Optional<Frame> answer(Frame frame, Packet packet) {
        int type = type(packet);
        int answer = switch (type) {
            case SOLICIT -> ADVERTISE;
            case REQUEST, CONFIRM, RENEW, REBIND, RELEASE, DECLINE, INFORMATION -> REPLY;
            default -> 0;
        };
        if (answer == 0) {
            return Optional.empty();
        }
        ByteBuffer asked = packet.payload();
        asked.position(UDP_HEADER);
        int head = asked.getInt();
        Map<Integer, byte[]> options = options(asked);
        byte[] client = options.get(CLIENT_IDENTIFIER);
        byte[] server = options.get(SERVER_IDENTIFIER);
        if ((client != null && client.length > LONGEST_IDENTIFIER)
                || (server != null && !Arrays.equals(server, identifier()))) {
            return Optional.empty();
        }
        ByteBuffer reply = ByteBuffer.allocate(LONGEST_REPLY);
        reply.position(UDP_HEADER);
        reply.putInt((answer << 24) | (head & 0xffffff));
        put(reply, SERVER_IDENTIFIER, identifier());
        if (client != null) {
            put(reply, CLIENT_IDENTIFIER, client);
        }
        boolean isLeased = type == SOLICIT || type == REQUEST || type == RENEW || type == REBIND;
        byte[] association = options.get(ASSOCIATION);
        if (isLeased && client != null && association != null && association.length >= 3 * Integer.BYTES) {
            Optional<IpAddress> address = leases.of(HexFormat.of().formatHex(client));
            address.ifPresent(found -> {
                put(reply, ASSOCIATION, association(association, found));
                if (type != SOLICIT) {
                    given.accept(frame.source(), found);
                }
            });
        } else if (!isLeased && type != INFORMATION) {
            // Success, and no text to it.
            put(reply, STATUS, new byte[Short.BYTES]);
        }
        put(reply, NAMESERVERS, Octets.of(leases.pool().server()));
        return Optional.of(frame.answer(macAddress, Frame.IPV6, packet(packet, reply)));
    }

    private byte[] packet(Packet asked, ByteBuffer reply) {
        int length = reply.position();
        reply.putShort(0, (short) SERVER_PORT).putShort(2, (short) CLIENT_PORT).putShort(4, (short) length);
        byte[] payload = new byte[length];
        reply.get(0, payload);
        return new Packet(LinkLocal.of(macAddress), asked.source(), Packet.UDP, payload).bytes();
    }

    /** What names the server is its card (RFC 8415, section 11.4). */
    private byte[] identifier() {
        ByteBuffer identifier = ByteBuffer.allocate(10).putShort((short) 3).putShort((short) 1);
        Octets.putMacAddress(identifier, macAddress);
        return identifier.array();
    }

    private static byte[] association(byte[] asked, IpAddress address) {
        ByteBuffer association = ByteBuffer.allocate(40);
        association.put(asked, 0, Integer.BYTES).putInt(PREFERRED_SECONDS / 2).putInt(PREFERRED_SECONDS);
        association.putShort((short) ADDRESS).putShort((short) 24).put(Octets.of(address));
        return association.putInt(PREFERRED_SECONDS).putInt(VALID_SECONDS).array();
    }

    private static Map<Integer, byte[]> options(ByteBuffer bytes) {
        Map<Integer, byte[]> options = new HashMap<>();
        while (bytes.remaining() >= Integer.BYTES) {
            int code = Octets.unsignedShort(bytes);
            int length = Octets.unsignedShort(bytes);
            if (length > bytes.remaining()) {
                break;
            }
            options.putIfAbsent(code, Octets.take(bytes, length));
        }
        return options;
    }

    private static void put(ByteBuffer bytes, int option, byte[] value) {
        bytes.putShort((short) option).putShort((short) value.length).put(value);
    }
}
