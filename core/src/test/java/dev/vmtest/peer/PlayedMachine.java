package dev.vmtest.peer;

import dev.vmtest.machine.Segment;
import dev.vmtest.network.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Play a machine that is connected to a peer: send frames, and see what comes back and which cables are plugged. */
final class PlayedMachine implements AutoCloseable {

    static final String MAC = "52:54:00:12:34:00";

    private final Peer peer;
    private final List<Segment> segments;
    private final List<String> carriers = new ArrayList<>();
    private final List<Frame> received = new ArrayList<>();

    PlayedMachine(PeerPlan plan, Path directory) throws IOException {
        peer = Peer.of(plan, directory, nic -> directory.resolve("nic-" + nic), () -> Instant.ofEpochSecond(7));
        segments = peer.segments();
        for (int index = 0; index < segments.size(); index++) {
            int nic = index;
            segments.get(index).connected(new Segment.Cable() {
                @Override
                public void send(byte[] frame) {
                    received.add(Frame.parse(frame).orElseThrow());
                }

                @Override
                public void carrier(boolean isThere) {
                    carriers.add(nic + (isThere ? " up" : " down"));
                }
            });
        }
    }

    /** Send a frame and return what came back. */
    List<Frame> send(int nic, Frame frame) {
        return send(nic, frame.bytes());
    }

    List<Frame> send(int nic, byte[] frame) {
        received.clear();
        segments.get(nic).received(frame);
        return List.copyOf(received);
    }

    /** Send a packet to a card and return the packet that came back. */
    Optional<Packet> ask(int nic, List<Integer> tags, String to, Packet packet) {
        int type = packet.source().family() == dev.vmtest.network.Family.IPV4 ? Frame.IPV4 : Frame.IPV6;
        return send(nic, new Frame(to, MAC, tags, type, packet.bytes())).stream()
                .findFirst()
                .flatMap(Packet::of);
    }

    List<String> carriers() {
        return carriers;
    }

    PeerWord word() {
        return peer.word();
    }

    @Override
    public void close() {
        peer.close();
    }

    static Frame whoHas(List<Integer> tags, String from, String wanted) {
        ByteBuffer asked = ByteBuffer.allocate(28).putInt(0x00010800).putInt(0x06040001);
        Octets.putMacAddress(asked, MAC);
        asked.put(Octets.of(ip(from))).put(new byte[6]).put(Octets.of(ip(wanted)));
        return new Frame("ff:ff:ff:ff:ff:ff", MAC, tags, Frame.ARP, asked.array());
    }

    static Packet echo(String from, String to, int size) {
        boolean isVersion6 = to.contains(":");
        ByteBuffer echo = ByteBuffer.allocate(size - (isVersion6 ? 40 : 20));
        echo.put((byte) (isVersion6 ? 128 : 8));
        return new Packet(ip(from), ip(to), isVersion6 ? Packet.ICMPV6 : Packet.ICMP, echo.array());
    }

    static Packet solicitation(String from, String wanted) {
        ByteBuffer asked = ByteBuffer.allocate(24).putInt(135 << 24).putInt(0).put(Octets.of(ip(wanted)));
        return new Packet(ip(from), ip("ff02::1:ff00:1"), Packet.ICMPV6, asked.array());
    }

    static Packet udp(String from, int fromPort, String to, int toPort, byte[] data) {
        ByteBuffer udp = ByteBuffer.allocate(8 + data.length);
        udp.putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) udp.capacity())
                .putShort((short) 0);
        return new Packet(ip(from), ip(to), Packet.UDP, udp.put(data).array());
    }

    static Frame order(String text) {
        return new Frame(
                "ff:ff:ff:ff:ff:ff", MAC, List.of(), Frame.EXPERIMENT, text.getBytes(StandardCharsets.US_ASCII));
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
