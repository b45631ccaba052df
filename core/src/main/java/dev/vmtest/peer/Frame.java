package dev.vmtest.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hold an Ethernet frame: to whom, from whom, in which virtual network, and what (IEEE 802.3, 802.1Q). */
final class Frame {

    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;
    static final int SLOW_PROTOCOLS = 0x8809;

    /** For what no standard knows (IEEE 802, "Local Experimental EtherType 1"). */
    static final int EXPERIMENT = 0x88b5;

    private static final int TAG = 0x8100;
    private static final int SERVICE_TAG = 0x88a8;
    private static final int ADDRESSES = 12;
    private static final int TAG_NUMBER = 0x0fff;

    /** More tags than anybody stacks. */
    private static final int MOST_TAGS = 4;

    private final String destination;
    private final String source;
    private final List<Integer> tags;
    private final int type;
    private final ByteBuffer payload;

    Frame(String destination, String source, List<Integer> tags, int type, byte[] payload) {
        this.destination = destination;
        this.source = source;
        this.tags = List.copyOf(tags);
        this.type = type;
        this.payload = ByteBuffer.wrap(payload);
    }

    /** Read a frame; nothing where it is none, or one of the length kind, which bridges send to each other. */
    static Optional<Frame> parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < ADDRESSES + Short.BYTES) {
            return Optional.empty();
        }
        String destination = Octets.macAddress(buffer);
        String source = Octets.macAddress(buffer);
        List<Integer> tags = new ArrayList<>();
        int type = Octets.unsignedShort(buffer);
        while ((type == TAG || type == SERVICE_TAG) && tags.size() < MOST_TAGS && buffer.remaining() >= Integer.BYTES) {
            int tag = Octets.unsignedShort(buffer) & TAG_NUMBER;
            if (tag != 0) {
                // 0 is only a priority.
                tags.add(tag);
            }
            type = Octets.unsignedShort(buffer);
        }
        byte[] payload = new byte[buffer.remaining()];
        buffer.get(payload);
        return Optional.of(new Frame(destination, source, tags, type, payload));
    }

    /** Return an answer to who sent this. */
    Frame answer(String from, int otherType, byte[] otherPayload) {
        return new Frame(source, from, tags, otherType, otherPayload);
    }

    String destination() {
        return destination;
    }

    String source() {
        return source;
    }

    List<Integer> tags() {
        return tags;
    }

    int type() {
        return type;
    }

    /** Return what it carries, to be read from the beginning. */
    ByteBuffer payload() {
        return payload.duplicate();
    }

    /** Return its bytes on the cable. */
    byte[] bytes() {
        ByteBuffer buffer =
                ByteBuffer.allocate(ADDRESSES + Integer.BYTES * tags.size() + Short.BYTES + payload.capacity());
        Octets.putMacAddress(buffer, destination);
        Octets.putMacAddress(buffer, source);
        for (int tag : tags) {
            buffer.putShort((short) TAG).putShort((short) tag);
        }
        return buffer.putShort((short) type).put(payload()).array();
    }
}
