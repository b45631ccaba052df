package dev.vmtest.peer;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Be the partner of a bond that negotiates (LACP: IEEE 802.1AX, section 6.4.2; its mode 802.3ad in Linux). It wants to
 * hear of the machine each second and answers each time, so that it needs no clock.
 */
final class AggregationPartner {

    private static final String GROUP = "01:80:c2:00:00:02";
    private static final int MESSAGE = 110;
    private static final int AGGREGATION = 0x0101;
    private static final int ACTOR = 0x0114;
    private static final int PARTNER = 0x0214;
    private static final int COLLECTOR = 0x0310;
    private static final int INFORMATION = 18;
    private static final int ACTOR_AT = 4;
    private static final int COLLECTOR_AT = 42;
    private static final int PRIORITY = 0xffff;
    private static final int PORT_PRIORITY = 0xff;

    /** Active, fast, part of an aggregate, in step, and taking and giving frames. */
    private static final int STATE = 0x3f;

    private final String macAddress;
    private final int key;

    /**
     * Be a partner.
     *
     * @param macAddress the system's address
     * @param key what all ports of one aggregate have in common
     */
    AggregationPartner(String macAddress, int key) {
        this.macAddress = macAddress;
        this.key = key;
    }

    /** Return the answer to what a member says. */
    Optional<Frame> answer(Frame frame, int nic) {
        ByteBuffer said = frame.payload();
        if (frame.type() != Frame.SLOW_PROTOCOLS
                || said.remaining() < MESSAGE
                || said.getShort(0) != AGGREGATION
                || said.getShort(2) != ACTOR) {
            return Optional.empty();
        }
        byte[] actor = new byte[INFORMATION];
        said.get(ACTOR_AT, actor);
        ByteBuffer reply = ByteBuffer.allocate(MESSAGE);
        reply.putShort((short) AGGREGATION).putShort((short) ACTOR).putShort((short) PRIORITY);
        Octets.putMacAddress(reply, macAddress);
        reply.putShort((short) key)
                .putShort((short) PORT_PRIORITY)
                .putShort((short) (nic + 1))
                .put((byte) STATE);
        reply.position(ACTOR_AT + INFORMATION);
        reply.putShort((short) PARTNER).put(actor);
        reply.putShort(COLLECTOR_AT, (short) COLLECTOR);
        return Optional.of(new Frame(GROUP, macAddress, frame.tags(), Frame.SLOW_PROTOCOLS, reply.array()));
    }
}
