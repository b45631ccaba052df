package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Remember what the machine has sent: of what is the same once, and in all no more than anybody reads. */
final class Hearing {

    private static final int MOST_HEARD = 4000;
    private static final int MOST_LEASED = 200;
    private static final int ARP_LENGTH = 28;
    private static final int WANTED_4_AT = 24;
    private static final int WANTED_6_AT = 8;

    private final Map<Heard, Integer> heard = new LinkedHashMap<>();
    private final List<Leased> leased = new ArrayList<>();
    private final TreeSet<Integer> unplugged = new TreeSet<>();
    private boolean isComplete = true;

    /** Hear a frame. */
    void hear(Wire wire, Frame frame) {
        meaning(wire, frame).ifPresent(each -> {
            Heard same = each.with(0);
            if (heard.size() < MOST_HEARD || heard.containsKey(same)) {
                heard.merge(same, each.bytes(), Math::max);
            } else {
                isComplete = false;
            }
        });
    }

    void leased(Wire wire, String card, IpAddress address) {
        Leased each = new Leased(wire, card, address);
        if (!leased.contains(each) && leased.size() < MOST_LEASED) {
            leased.add(each);
        }
    }

    void unplugged(int nic) {
        unplugged.add(nic);
    }

    /**
     * Return what was heard.
     *
     * @param recordings the files in which it can be read, in the order of the NICs
     */
    PeerWord word(List<String> recordings) {
        return new PeerWord(
                true,
                heard.entrySet().stream()
                        .map(each -> each.getKey().with(each.getValue()))
                        .toList(),
                leased,
                List.copyOf(unplugged),
                recordings,
                isComplete);
    }

    private static Optional<Heard> meaning(Wire wire, Frame frame) {
        if (frame.type() == Frame.SLOW_PROTOCOLS) {
            return Optional.of(new Heard(wire, Heard.What.NEGOTIATION, frame.source(), "", frame.destination(), "", 0));
        }
        if (frame.type() == Frame.ARP) {
            ByteBuffer asked = frame.payload();
            return asked.remaining() < ARP_LENGTH || asked.getShort(6) != 1
                    ? Optional.empty()
                    : Optional.of(whoHas(wire, frame, asked));
        }
        return Packet.of(frame)
                .flatMap(packet -> what(packet)
                        .map(what -> new Heard(
                                wire,
                                what,
                                frame.source(),
                                packet.source().toString(),
                                frame.destination(),
                                what == Heard.What.WHO_HAS
                                        ? wanted6(packet)
                                        : packet.destination().toString(),
                                packet.length())));
    }

    private static Heard whoHas(Wire wire, Frame frame, ByteBuffer asked) {
        asked.position(14);
        IpAddress from = Octets.address(asked, Family.IPV4);
        asked.position(WANTED_4_AT);
        IpAddress wanted = Octets.address(asked, Family.IPV4);
        return new Heard(
                wire, Heard.What.WHO_HAS, frame.source(), from.toString(), frame.destination(), wanted.toString(), 0);
    }

    private static String wanted6(Packet packet) {
        ByteBuffer asked = packet.payload();
        asked.position(WANTED_6_AT);
        return Octets.address(asked, Family.IPV6).toString();
    }

    private static Optional<Heard.What> what(Packet packet) {
        ByteBuffer payload = packet.payload();
        int type = payload.hasRemaining() ? payload.get(0) & 0xff : -1;
        if ((packet.protocol() == Packet.ICMP && type == Neighbours.ECHO_4)
                || (packet.protocol() == Packet.ICMPV6 && type == Neighbours.ECHO_6)) {
            return Optional.of(Heard.What.ECHO);
        }
        if (Router.isSolicitation(packet)) {
            return Optional.of(Heard.What.ROUTER_WANTED);
        }
        if (packet.protocol() == Packet.ICMPV6
                && type == Neighbours.SOLICITATION
                && payload.remaining() >= WANTED_6_AT + Family.IPV6.bits() / Byte.SIZE) {
            return Optional.of(Heard.What.WHO_HAS);
        }
        return LeaseServer4.type(packet) != 0 || LeaseServer6.type(packet) != 0
                ? Optional.of(Heard.What.LEASE_WANTED)
                : Optional.empty();
    }
}
