package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Play everybody who is on one network. */
final class Player {

    private final Lan lan;
    private final Hearing hearing;
    private final @Nullable Leases leases4;
    private final @Nullable Leases leases6;

    Player(Lan lan, Hearing hearing) {
        this.lan = lan;
        this.hearing = hearing;
        this.leases4 = lan.leases4() == null ? null : new Leases(lan.leases4());
        this.leases6 = lan.leases6() == null ? null : new Leases(lan.leases6());
    }

    /** Return what is answered to a frame that came by a wire. */
    List<Frame> answers(Wire wire, Frame frame) {
        if (!lan.wires().contains(wire)) {
            return List.of();
        }
        List<Frame> answers = new ArrayList<>();
        Neighbours.answer(lan.stations(), frame).ifPresent(answers::add);
        Packet.of(frame).ifPresent(packet -> served(wire, frame, packet).ifPresent(answers::add));
        return answers;
    }

    private Optional<Frame> served(Wire wire, Frame frame, Packet packet) {
        if (lan.stations().isEmpty()) {
            return Optional.empty();
        }
        String server = lan.stations().get(0).macAddress();
        BiConsumer<String, IpAddress> given = (card, address) -> hearing.leased(wire, card, address);
        Optional<Frame> answer = Optional.empty();
        if (leases4 != null) {
            answer = new LeaseServer4(server, leases4, given).answer(frame, packet);
        }
        if (answer.isEmpty() && leases6 != null) {
            answer = new LeaseServer6(server, leases6, given).answer(frame, packet);
        }
        Announcement announcement = lan.announcement();
        return answer.isEmpty() && announcement != null ? Router.answer(server, announcement, frame, packet) : answer;
    }
}
