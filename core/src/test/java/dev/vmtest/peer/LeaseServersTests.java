package dev.vmtest.peer;

import static dev.vmtest.peer.PlannedNetwork.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ask the servers of both families as clients do. */
class LeaseServersTests {

    private static final PeerPlan PLAN = PlannedNetwork.of("""
            network:
              version: 2
              ethernets:
                a: {match: {macaddress: '52:54:00:12:34:00'}, dhcp4: true, dhcp6: true}
                b: {match: {macaddress: '52:54:00:12:34:02'}, addresses: [192.168.7.2/24]}
            """);
    private static final LeasePool POOL4 =
            Objects.requireNonNull(PLAN.lans().get(0).leases4());
    private static final LeasePool POOL6 =
            Objects.requireNonNull(PLAN.lans().get(0).leases6());
    private static final String ALL = "ff:ff:ff:ff:ff:ff";

    @TempDir
    Path directory;

    private PlayedMachine machine() throws IOException {
        return new PlayedMachine(PLAN, directory);
    }

    /** Make a client's message with options as they stand in it. */
    private static Packet message4(int... options) {
        ByteBuffer message = ByteBuffer.allocate(300).putInt(0x01010600).putInt(0x5eed);
        message.position(28);
        Octets.putMacAddress(message, PlayedMachine.MAC);
        message.position(236);
        message.putInt(0x63825363);
        for (int octet : options) {
            message.put((byte) octet);
        }
        message.put((byte) 255);
        return PlayedMachine.udp("0.0.0.0", 68, "255.255.255.255", 67, message.array());
    }

    private static int[] requesting(String address) {
        byte[] octets = Octets.of(ip(address));
        return new int[] {53, 1, 3, 50, 4, octets[0], octets[1], octets[2], octets[3]};
    }

    /** Return an option of a server's message. */
    private static byte[] option4(Packet packet, int wanted) {
        ByteBuffer message = packet.payload().position(8 + 240);
        while (message.hasRemaining()) {
            int code = Octets.unsignedByte(message);
            if (code == 255) {
                break;
            }
            byte[] value = Octets.take(message, Octets.unsignedByte(message));
            if (code == wanted) {
                return value;
            }
        }
        return new byte[0];
    }

    @Test
    void anAddressIsOfferedAndThenGiven() throws Exception {
        try (PlayedMachine machine = machine()) {
            Packet offer = machine.ask(0, List.of(), ALL, message4(53, 1, 1)).orElseThrow();

            assertThat(option4(offer, 53)).containsExactly(2);
            assertThat(Octets.address(offer.payload().position(8 + 16), dev.vmtest.network.Family.IPV4))
                    .isEqualTo(POOL4.address(0).orElseThrow());
            assertThat(option4(offer, 54)).isEqualTo(Octets.of(POOL4.server()));
            assertThat(option4(offer, 1)).containsExactly(255, 255, 255, 0);
            assertThat(option4(offer, 3)).isEqualTo(Octets.of(POOL4.server()));
            assertThat(offer.payload().getInt(8 + 4)).isEqualTo(0x5eed);
            assertThat(machine.word().leased()).isEmpty();

            Packet given = machine.ask(
                            0,
                            List.of(),
                            ALL,
                            message4(requesting(POOL4.address(0).orElseThrow().toString())))
                    .orElseThrow();

            assertThat(option4(given, 53)).containsExactly(5);
            assertThat(machine.word().leased())
                    .containsExactly(new Leased(
                            new Wire(0, List.of()),
                            PlayedMachine.MAC,
                            POOL4.address(0).orElseThrow()));
        }
    }

    @Test
    void anotherAddressIsRefused() throws Exception {
        try (PlayedMachine machine = machine()) {
            Packet refused = machine.ask(0, List.of(), ALL, message4(requesting("10.0.2.15")))
                    .orElseThrow();

            assertThat(option4(refused, 53)).containsExactly(6);
            assertThat(refused.destination()).isEqualTo(ip("255.255.255.255"));
            assertThat(machine.word().leased()).isEmpty();
        }
    }

    @Test
    void whoHasChosenAnotherServerIsLeftToIt() throws Exception {
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(0, List.of(), ALL, message4(53, 1, 3, 54, 4, 10, 0, 2, 2)))
                    .isEmpty();
        }
    }

    @Test
    void nobodyLeasesWhereNobodyShouldAskAndItIsHeard() throws Exception {
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(1, List.of(), ALL, message4(53, 1, 1))).isEmpty();
            assertThat(machine.word().heard()).extracting(Heard::what).containsExactly(Heard.What.LEASE_WANTED);
        }
    }

    @Test
    void optionsThatAreCutOffEndTheMessage() throws Exception {
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(0, List.of(), ALL, message4(50, 200, 1))).isEmpty();
        }
    }

    private static Packet message6(int type, byte[]... options) {
        int length = 4;
        for (byte[] option : options) {
            length += option.length;
        }
        ByteBuffer message = ByteBuffer.allocate(length).putInt(type << 24 | 0xabcdef);
        for (byte[] option : options) {
            message.put(option);
        }
        return PlayedMachine.udp("fe80::5054:ff:fe12:3400", 546, "ff02::1:2", 547, message.array());
    }

    private static byte[] option6(int code, byte... value) {
        return ByteBuffer.allocate(4 + value.length)
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static Optional<byte[]> option6(Packet packet, int wanted) {
        ByteBuffer message = packet.payload().position(12);
        while (message.remaining() >= 4) {
            int code = Octets.unsignedShort(message);
            byte[] value = Octets.take(message, Octets.unsignedShort(message));
            if (code == wanted) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    @Test
    void anAddressOfIpv6IsAdvertisedAndThenGiven() throws Exception {
        byte[] client = option6(1, (byte) 0, (byte) 3, (byte) 9);
        byte[] association = option6(
                3, (byte) 0, (byte) 0, (byte) 0, (byte) 7, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
                (byte) 0, (byte) 0);
        try (PlayedMachine machine = machine()) {
            Packet advertised = machine.ask(0, List.of(), "33:33:00:01:00:02", message6(1, client, association))
                    .orElseThrow();

            assertThat(advertised.payload().getInt(8)).isEqualTo(0x02abcdef);
            assertThat(option6(advertised, 1)).contains(new byte[] {0, 3, 9});
            byte[] offered = option6(advertised, 3).orElseThrow();
            assertThat(ByteBuffer.wrap(offered).getInt(0)).isEqualTo(7);
            assertThat(Octets.address(ByteBuffer.wrap(offered).position(16), dev.vmtest.network.Family.IPV6))
                    .isEqualTo(POOL6.address(0).orElseThrow());
            assertThat(machine.word().leased()).isEmpty();

            byte[] server = option6(2, option6(advertised, 2).orElseThrow());
            Packet given = machine.ask(0, List.of(), "33:33:00:01:00:02", message6(3, client, server, association))
                    .orElseThrow();

            assertThat(given.payload().get(8)).isEqualTo((byte) 7);
            assertThat(machine.word().leased())
                    .extracting(Leased::address)
                    .containsExactly(POOL6.address(0).orElseThrow());
            byte[] other = option6(2, (byte) 0, (byte) 1);
            assertThat(machine.ask(0, List.of(), "33:33:00:01:00:02", message6(3, client, other, association)))
                    .isEmpty();
        }
    }

    @Test
    void aRouterAnnouncesItsPrefixToWhoAsks() throws Exception {
        Packet asked = new Packet(
                ip("fe80::1"),
                ip("ff02::2"),
                Packet.ICMPV6,
                ByteBuffer.allocate(8).put((byte) 133).array());
        try (PlayedMachine machine = machine()) {
            Packet announced =
                    machine.ask(0, List.of(), "33:33:00:00:00:02", asked).orElseThrow();

            ByteBuffer said = announced.payload();
            assertThat(said.get(0) & 0xff).isEqualTo(134);
            assertThat(said.get(5) & 0xff).isEqualTo(0xc0);
            // On the link, and not for addresses of one's own.
            assertThat(said.get(27) & 0xff).isEqualTo(0x80);
            assertThat(Octets.address(said.position(40), dev.vmtest.network.Family.IPV6))
                    .isEqualTo(POOL6.network().address());
            assertThat(announced.source().isLinkLocal()).isTrue();
            assertThat(machine.ask(1, List.of(), "33:33:00:00:00:02", asked)).isEmpty();
        }
    }
}
