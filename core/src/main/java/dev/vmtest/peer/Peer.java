package dev.vmtest.peer;

import dev.vmtest.machine.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Play a plan on the segments of a machine: answer what the machine sends, remember it, and record it.
 *
 * <p>It only ever answers, on the wire on which it was asked: it has no clock and no thread of its own, and nothing of
 * it outlives the machine. Whatever a guest sends, it costs a bounded time and place.
 *
 * <p>The guest can ask for one thing more, in frames of {@link Frame#EXPERIMENT}: {@code unplug} takes the carrier of the
 * NIC that it came by, if that is a bond's member, and {@code plug} with the address of a NIC gives it back. So the
 * moment at which a bond loses a member is the guest's, who then looks what becomes of it.
 */
public final class Peer implements AutoCloseable {

    /** How long the recording of one segment can get, in bytes. */
    static final long LONGEST_RECORDING = 16L << 20;

    private static final int LONGEST_ORDER = 64;

    private final PeerPlan plan;
    private final Hearing hearing = new Hearing();
    private final List<Recording> recordings = new ArrayList<>();
    private final List<String> recordingNames = new ArrayList<>();
    private final List<Player> players = new ArrayList<>();
    private final Map<Integer, AggregationPartner> partners = new HashMap<>();
    private final List<End> ends;

    private Peer(PeerPlan plan) {
        this.plan = plan;
        plan.lans().forEach(lan -> players.add(new Player(lan, hearing)));
        for (int index = 0; index < plan.bundles().size(); index++) {
            Bundle bundle = plan.bundles().get(index);
            String partner = bundle.partner();
            if (partner != null) {
                AggregationPartner each = new AggregationPartner(partner, index + 1);
                bundle.nics().forEach(nic -> partners.put(nic, each));
            }
        }
        ends = IntStream.range(0, plan.macAddresses().size()).mapToObj(End::new).toList();
    }

    /**
     * Make the peer of a machine that is about to start.
     *
     * @param directory the test's
     * @param recordings where the frames of a NIC are recorded below it, by the NIC's number
     * @throws IOException if a recording cannot be made
     */
    public static Peer of(PeerPlan plan, Path directory, IntFunction<Path> recordings, InstantSource clock)
            throws IOException {
        Peer peer = new Peer(plan);
        try {
            for (int nic = 0; nic < plan.macAddresses().size(); nic++) {
                Path file = recordings.apply(nic);
                peer.recordings.add(new Recording(file, LONGEST_RECORDING, clock));
                peer.recordingNames.add(directory.relativize(file).toString());
            }
            return peer;
        } catch (IOException failure) {
            peer.close();
            throw failure;
        }
    }

    /** Return what is at the other end of each NIC, in order. */
    public List<Segment> segments() {
        return List.copyOf(ends);
    }

    /** Return what was heard until now. */
    public synchronized PeerWord word() {
        return hearing.word(recordingNames);
    }

    /** End the recordings. */
    @Override
    public synchronized void close() {
        recordings.forEach(Recording::close);
    }

    private void received(int nic, byte[] bytes) {
        List<Frame> answers = new ArrayList<>();
        Runnable order;
        synchronized (this) {
            record(nic, bytes);
            Optional<Frame> read = Frame.parse(bytes);
            if (read.isEmpty() || StationAddresses.isOne(read.get().source())) {
                // What a bridge of the guest carries from one segment to another is not the guest's.
                return;
            }
            Frame frame = read.get();
            order = frame.type() == Frame.EXPERIMENT ? order(nic, frame) : null;
            Wire wire = new Wire(nic, frame.tags());
            hearing.hear(wire, frame);
            AggregationPartner partner = frame.tags().isEmpty() ? partners.get(nic) : null;
            if (partner != null) {
                partner.answer(frame, nic).ifPresent(answers::add);
            }
            players.forEach(player -> answers.addAll(player.answers(wire, frame)));
            answers.forEach(answer -> record(nic, answer.bytes()));
        }
        // Nothing that takes QEMU's time is done while the others wait.
        answers.forEach(answer -> ends.get(nic).send(answer));
        if (order != null) {
            order.run();
        }
    }

    private void record(int nic, byte[] frame) {
        if (nic < recordings.size()) {
            recordings.get(nic).record(frame);
        }
    }

    private @Nullable Runnable order(int nic, Frame frame) {
        ByteBuffer payload = frame.payload();
        byte[] text = Octets.take(payload, Math.min(payload.remaining(), LONGEST_ORDER));
        String[] words = new String(text, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip()
                .split(" ", -1);
        boolean isPlug = words.length == 2 && words[0].equals("plug");
        int subject = isPlug ? plan.macAddresses().indexOf(words[1]) : nic;
        boolean isMember =
                plan.bundles().stream().anyMatch(bundle -> bundle.nics().contains(subject));
        if (!isMember || !(isPlug || (words.length == 1 && words[0].equals("unplug")))) {
            return null;
        }
        if (!isPlug) {
            hearing.unplugged(subject);
        }
        return () -> ends.get(subject).carrier(isPlug);
    }

    /** Be the end of one NIC's cable. */
    private final class End implements Segment {

        private final int nic;
        private volatile @Nullable Cable cable;

        End(int nic) {
            this.nic = nic;
        }

        @Override
        public void connected(Cable machine) {
            cable = machine;
        }

        @Override
        public void received(byte[] frame) {
            Peer.this.received(nic, frame);
        }

        void send(Frame frame) {
            Cable machine = cable;
            if (machine != null) {
                machine.send(frame.bytes());
            }
        }

        void carrier(boolean isThere) {
            Cable machine = cable;
            if (machine != null) {
                machine.carrier(isThere);
            }
        }
    }
}
