package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.IpNetwork;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lease addresses of IPv4 (RFC 2131, RFC 2132). */
final class LeaseServer4 {

    static final int SERVER_PORT = 67;
    static final int CLIENT_PORT = 68;

    private static final int DISCOVER = 1;
    private static final int OFFER = 2;
    private static final int REQUEST = 3;
    private static final int ACKNOWLEDGE = 5;
    private static final int REFUSE = 6;
    private static final int INFORM = 8;

    private static final int UDP_HEADER = 8;
    private static final int MESSAGE = 236;
    private static final int COOKIE = 0x63825363;
    private static final int LONGEST_REPLY = 600;
    private static final int BROADCAST_FLAG = 0x8000;
    private static final int LEASE_SECONDS = 3600;

    private static final int SUBNET_MASK = 1;
    private static final int ROUTER = 3;
    private static final int NAMESERVER = 6;
    private static final int REQUESTED_ADDRESS = 50;
    private static final int LEASE_TIME = 51;
    private static final int MESSAGE_TYPE = 53;
    private static final int SERVER_IDENTIFIER = 54;
    private static final int END = 255;

    private static final IpAddress EVERYBODY =
            IpAddress.parse("255.255.255.255").orElseThrow();
    private static final IpAddress NOBODY = IpAddress.parse("0.0.0.0").orElseThrow();
    private static final String EVERYBODY_MAC = "ff:ff:ff:ff:ff:ff";

    private final String macAddress;
    private final Leases leases;
    private final BiConsumer<String, IpAddress> given;

    /**
     * Serve.
     *
     * @param macAddress the server's
     * @param given told which card has been given which address
     */
    LeaseServer4(String macAddress, Leases leases, BiConsumer<String, IpAddress> given) {
        this.macAddress = macAddress;
        this.leases = leases;
        this.given = given;
    }

    /** Return the type of a client's message, as RFC 2132 numbers it; 0 where a packet is none. */
    static int type(Packet packet) {
        return request(packet).map(Request::type).orElse(0);
    }

    /** Hold what a client says; the head is what stands before its options. */
    private record Request(ByteBuffer head, int flags, String card, IpAddress own, Map<Integer, byte[]> options) {

        int type() {
            byte[] type = options.get(MESSAGE_TYPE);
            return type == null || type.length != 1 ? 0 : type[0];
        }

        @Nullable
        IpAddress address(int option) {
            byte[] value = options.get(option);
            return value == null || value.length != Integer.BYTES
                    ? null
                    : new IpAddress(Family.IPV4, new BigInteger(1, value));
        }
    }

    /** Return the answer to a packet, if it is for a server of leases. */
    Optional<Frame> answer(Frame frame, Packet packet) {
        Optional<Request> read = request(packet);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Request request = read.get();
        IpAddress chosen = request.address(SERVER_IDENTIFIER);
        if (chosen != null && !chosen.equals(leases.pool().server())) {
            return Optional.empty();
        }
        return leases.of(request.card()).flatMap(address -> switch (request.type()) {
            case DISCOVER -> Optional.of(reply(frame, request, OFFER, address));
            case REQUEST -> Optional.of(requested(frame, request, address));
            case INFORM -> Optional.of(reply(frame, request, ACKNOWLEDGE, NOBODY));
            default -> Optional.<Frame>empty();
        });
    }

    private Frame requested(Frame frame, Request request, IpAddress address) {
        IpAddress wanted = request.address(REQUESTED_ADDRESS);
        IpAddress asked = wanted == null ? request.own() : wanted;
        if (!asked.equals(address)) {
            return reply(frame, request, REFUSE, NOBODY);
        }
        given.accept(request.card(), address);
        return reply(frame, request, ACKNOWLEDGE, address);
    }

    private static Optional<Request> request(Packet packet) {
        ByteBuffer bytes = packet.payload();
        if (packet.protocol() != Packet.UDP || bytes.remaining() < UDP_HEADER + MESSAGE + Integer.BYTES) {
            return Optional.empty();
        }
        bytes.getShort();
        int port = Octets.unsignedShort(bytes);
        bytes.position(UDP_HEADER);
        ByteBuffer message = bytes.slice();
        if (port != SERVER_PORT || message.get(0) != 1 || message.getInt(MESSAGE) != COOKIE) {
            return Optional.empty();
        }
        int flags = message.getShort(10) & 0xffff;
        message.position(12);
        IpAddress own = Octets.address(message, Family.IPV4);
        message.position(28);
        String card = Octets.macAddress(message);
        byte[] head = new byte[MESSAGE];
        message.get(0, head);
        message.position(MESSAGE + Integer.BYTES);
        return Optional.of(new Request(ByteBuffer.wrap(head), flags, card, own, options(message)));
    }

    private static Map<Integer, byte[]> options(ByteBuffer bytes) {
        Map<Integer, byte[]> options = new HashMap<>();
        while (bytes.hasRemaining()) {
            int code = Octets.unsignedByte(bytes);
            if (code == END) {
                break;
            }
            if (code == 0) {
                continue;
            }
            int length = bytes.hasRemaining() ? Octets.unsignedByte(bytes) : Integer.MAX_VALUE;
            if (length > bytes.remaining()) {
                break;
            }
            options.put(code, Octets.take(bytes, length));
        }
        return options;
    }

    private Frame reply(Frame frame, Request request, int type, IpAddress address) {
        LeasePool pool = leases.pool();
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_REPLY);
        bytes.position(UDP_HEADER);
        bytes.put(request.head().duplicate());
        bytes.put(UDP_HEADER, (byte) 2).put(UDP_HEADER + 3, (byte) 0);
        bytes.put(UDP_HEADER + 16, Octets.of(address)).put(UDP_HEADER + 20, Octets.of(pool.server()));
        // Neither a name of the server nor a file to boot is told.
        bytes.put(UDP_HEADER + 44, new byte[MESSAGE - 44]);
        bytes.putInt(COOKIE).put((byte) MESSAGE_TYPE).put((byte) 1).put((byte) type);
        put(bytes, SERVER_IDENTIFIER, Octets.of(pool.server()));
        if (type != REFUSE) {
            put(bytes, SUBNET_MASK, mask(pool.network()));
            put(bytes, ROUTER, Octets.of(pool.server()));
            put(bytes, NAMESERVER, Octets.of(pool.server()));
            if (!address.equals(NOBODY)) {
                put(
                        bytes,
                        LEASE_TIME,
                        ByteBuffer.allocate(Integer.BYTES).putInt(LEASE_SECONDS).array());
            }
        }
        bytes.put((byte) END);
        int length = bytes.position();
        bytes.putShort(0, (short) SERVER_PORT).putShort(2, (short) CLIENT_PORT).putShort(4, (short) length);
        byte[] payload = new byte[length];
        bytes.get(0, payload);
        boolean isForAll = (request.flags() & BROADCAST_FLAG) != 0 || type == REFUSE;
        IpAddress to = isForAll ? EVERYBODY : request.own().equals(NOBODY) ? address : request.own();
        Packet packet = new Packet(pool.server(), to, Packet.UDP, payload);
        return new Frame(
                isForAll ? EVERYBODY_MAC : frame.source(), macAddress, frame.tags(), Frame.IPV4, packet.bytes());
    }

    private static void put(ByteBuffer bytes, int option, byte[] value) {
        bytes.put((byte) option).put((byte) value.length).put(value);
    }

    private static byte[] mask(IpNetwork network) {
        int bits = network.family().bits() - network.prefix();
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) (0xffffffffL << bits))
                .array();
    }
}
