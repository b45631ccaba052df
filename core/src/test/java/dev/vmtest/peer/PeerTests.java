package dev.vmtest.peer;

import static dev.vmtest.peer.PlannedNetwork.ip;
import static dev.vmtest.peer.PlannedNetwork.wire;
import static dev.vmtest.peer.PlayedMachine.echo;
import static dev.vmtest.peer.PlayedMachine.order;
import static dev.vmtest.peer.PlayedMachine.whoHas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play the other end of a network against a machine that a test plays. */
class PeerTests {

    private static final String LAYOUT = """
            network:
              version: 2
              ethernets:
                a: {match: {macaddress: '52:54:00:12:34:00'}, addresses: [10.1.0.2/24, 'fd01::2/64'], routes: [{to: 10.9.0.0/16, via: 10.1.0.1}]}
                b: {match: {macaddress: '52:54:00:12:34:02'}}
                c: {match: {macaddress: '52:54:00:12:34:04'}}
              vlans:
                v: {id: 100, link: a, addresses: [10.2.0.2/24]}
              bonds:
                bo: {interfaces: [b, c], addresses: [10.3.0.2/24], parameters: {mode: 802.3ad}}
            """;

    private static final PeerPlan PLAN = PlannedNetwork.of(LAYOUT);
    private static final String GATEWAY = PLAN.lans().get(0).stations().get(0).macAddress();

    @TempDir
    Path directory;

    private PlayedMachine machine() throws IOException {
        return new PlayedMachine(PLAN, directory);
    }

    @Test
    void anAddressIsAnsweredForWhereItIsAndNowhereElse() throws Exception {
        try (PlayedMachine machine = machine()) {
            List<Frame> answers = machine.send(0, whoHas(List.of(), "10.1.0.2", "10.1.0.1"));

            assertThat(answers).singleElement().satisfies(answer -> {
                assertThat(answer.source()).isEqualTo(GATEWAY);
                assertThat(answer.destination()).isEqualTo(PlayedMachine.MAC);
                assertThat(answer.payload().getShort(6)).isEqualTo((short) 2);
                assertThat(Octets.address(answer.payload().position(14), dev.vmtest.network.Family.IPV4))
                        .isEqualTo(ip("10.1.0.1"));
            });
            assertThat(machine.send(1, whoHas(List.of(), "10.1.0.2", "10.1.0.1")))
                    .isEmpty();
            assertThat(machine.send(0, whoHas(List.of(100), "10.1.0.2", "10.1.0.1")))
                    .isEmpty();
            assertThat(machine.send(0, whoHas(List.of(), "10.1.0.2", "10.1.0.77")))
                    .isEmpty();
            assertThat(machine.word().heard())
                    .extracting(Heard::wire, Heard::to)
                    .contains(org.assertj.core.groups.Tuple.tuple(wire(0, 100), "10.1.0.1"));
        }
    }

    @Test
    void anEchoComesBackWholeWithItsTagAndAddresses() throws Exception {
        String neighbour = PLAN.lans().stream()
                .filter(lan -> lan.owner().equals("v"))
                .findFirst()
                .orElseThrow()
                .stations()
                .get(0)
                .macAddress();
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(0, List.of(100), neighbour, echo("10.2.0.2", "10.2.0.254", 9000)))
                    .hasValueSatisfying(packet -> {
                        assertThat(packet.source()).isEqualTo(ip("10.2.0.254"));
                        assertThat(packet.destination()).isEqualTo(ip("10.2.0.2"));
                        assertThat(packet.length()).isEqualTo(9000);
                        assertThat(packet.payload().get(0)).isZero();
                        assertThat(Octets.checksum(Octets.take(packet.payload(), 8980)))
                                .isZero();
                    });
            // To another card it is not for the neighbour, whatever its address.
            assertThat(machine.ask(0, List.of(100), GATEWAY, echo("10.2.0.2", "10.2.0.254", 84)))
                    .isEmpty();
            assertThat(machine.word().heard()).anySatisfy(heard -> {
                assertThat(heard.what()).isEqualTo(Heard.What.ECHO);
                assertThat(heard.wire()).isEqualTo(wire(0, 100));
                assertThat(heard.bytes()).isEqualTo(9000);
            });
        }
    }

    @Test
    void aGatewayAnswersForWhatItsRoutesLeadToAndForNothingElse() throws Exception {
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(0, List.of(), GATEWAY, echo("10.1.0.2", "10.9.3.3", 84)))
                    .isPresent();
            assertThat(machine.ask(0, List.of(), GATEWAY, echo("10.1.0.2", "192.0.2.1", 84)))
                    .isEmpty();
        }
    }

    @Test
    void neighboursOfIpv6AnswerWithTheirChecksums() throws Exception {
        String neighbour = PLAN.lans().get(0).stations().get(1).macAddress();
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(
                            0, List.of(), "33:33:ff:00:00:01", PlayedMachine.solicitation("fd01::2", "fd01::feed")))
                    .hasValueSatisfying(packet -> {
                        assertThat(packet.payload().get(0) & 0xff).isEqualTo(136);
                        assertThat(Octets.macAddress(packet.payload().position(26)))
                                .isEqualTo(neighbour);
                        assertThat(Octets.checksum(pseudo(packet), Octets.take(packet.payload(), 32)))
                                .isZero();
                    });
            assertThat(machine.ask(0, List.of(), neighbour, echo("fd01::2", "fd01::feed", 1280)))
                    .hasValueSatisfying(packet -> assertThat(packet.length()).isEqualTo(1280));
            // Whether its own address is free, a machine asks from no address.
            assertThat(machine.ask(0, List.of(), "33:33:ff:00:00:01", PlayedMachine.solicitation("::", "fd01::feed")))
                    .isEmpty();
        }
    }

    private static byte[] pseudo(Packet packet) {
        ByteBuffer header = ByteBuffer.allocate(40);
        header.put(Octets.of(packet.source())).put(Octets.of(packet.destination()));
        return header.putInt(packet.payload().remaining())
                .putInt(packet.protocol())
                .array();
    }

    @Test
    void aNameIsToldNotToBeThere() throws Exception {
        byte[] question = {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1};
        try (PlayedMachine machine = machine()) {
            assertThat(machine.ask(
                            0, List.of(), GATEWAY, PlayedMachine.udp("10.1.0.2", 4321, "10.1.0.1", 53, question)))
                    .hasValueSatisfying(packet -> {
                        ByteBuffer reply = packet.payload();
                        assertThat(reply.getShort(2)).isEqualTo((short) 4321);
                        assertThat(reply.getShort(8)).isEqualTo((short) 0x1234);
                        assertThat(reply.getShort(10) & 0xffff).isEqualTo(0x8183);
                        assertThat(reply.limit()).isEqualTo(8 + question.length);
                    });
        }
    }

    @Test
    void whatABridgeOfTheGuestCarriesBackIsNotTheGuests() throws Exception {
        try (PlayedMachine machine = machine()) {
            Frame own = new Frame("ff:ff:ff:ff:ff:ff", GATEWAY, List.of(), Frame.ARP, new byte[28]);

            assertThat(machine.send(0, own)).isEmpty();
            assertThat(machine.word().heard()).isEmpty();
        }
    }

    @Test
    void aBondThatNegotiatesHasAPartnerThatHasHeardIt() throws Exception {
        ByteBuffer said = ByteBuffer.allocate(110).putShort((short) 0x0101).putShort((short) 0x0114);
        said.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0});
        Frame frame = new Frame("01:80:c2:00:00:02", PlayedMachine.MAC, List.of(), Frame.SLOW_PROTOCOLS, said.array());
        try (PlayedMachine machine = machine()) {
            Frame first = machine.send(1, frame).get(0);
            Frame second = machine.send(2, frame).get(0);

            ByteBuffer reply = first.payload();
            String partner = PLAN.bundles().get(0).partner();
            assertThat(Octets.macAddress(reply.position(6))).isEqualTo(partner);
            assertThat(reply.get(18)).isEqualTo((byte) 0x3f);
            assertThat(Octets.take(reply.position(24), 15))
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
            // The same key, another port.
            assertThat(second.payload().getShort(12)).isEqualTo(first.payload().getShort(12));
            assertThat(second.payload().getShort(16))
                    .isNotEqualTo(first.payload().getShort(16));
            assertThat(machine.send(0, frame)).isEmpty();
        }
    }

    @Test
    void onlyMembersOfABondLoseTheirCarrier() throws Exception {
        try (PlayedMachine machine = machine()) {
            machine.send(1, order("unplug"));
            machine.send(0, order("unplug"));
            machine.send(1, order("plug 52:54:00:12:34:00"));
            machine.send(2, order("plug 52:54:00:12:34:02"));
            machine.send(2, order("unplug everything"));
            machine.send(2, order("plug 52:54:00:99:99:99"));

            assertThat(machine.carriers()).containsExactly("1 down", "1 up");
            assertThat(machine.word().unplugged()).containsExactly(1);
        }
    }

    @Test
    void garbageIsAnsweredByNothingAndKeepsABound() throws Exception {
        Random random = new Random(1);
        try (PlayedMachine machine = machine()) {
            for (int count = 0; count < 20_000; count++) {
                byte[] frame = new byte[random.nextInt(200)];
                random.nextBytes(frame);
                if (frame.length > 14) {
                    int[] types = {0x0800, 0x0806, 0x86dd, 0x8809, 0x8100, 0x88b5};
                    ByteBuffer.wrap(frame).putShort(12, (short) types[random.nextInt(types.length)]);
                }
                machine.send(count % 3, frame);
            }
            assertThat(machine.word().heard()).hasSizeLessThanOrEqualTo(4000);
        }
        assertThat(Files.size(directory.resolve("nic-0"))).isLessThanOrEqualTo(Peer.LONGEST_RECORDING);
    }

    @Test
    void manyDifferentThingsAreNotAllKeptAndThatIsSaid() throws Exception {
        try (PlayedMachine machine = machine()) {
            for (int count = 0; count < 5000; count++) {
                machine.send(0, whoHas(List.of(), "10.1.0.2", "10.200." + count / 256 + "." + count % 256));
            }
            assertThat(machine.word().heard()).hasSize(4000);
            assertThat(machine.word().isComplete()).isFalse();
        }
    }

    @Test
    void theWordIsWrittenAndReadAgain() throws Exception {
        Path file = directory.resolve("peer.json");
        try (PlayedMachine machine = machine()) {
            machine.send(0, whoHas(List.of(100), "10.2.0.2", "10.2.0.254"));
            machine.send(1, order("unplug"));
            PeerWord word = machine.word();
            word.write(file);

            assertThat(PeerWord.read(file)).isEqualTo(word);
            assertThat(word.recordings()).containsExactly("nic-0", "nic-1", "nic-2");
        }
        assertThat(PeerWord.read(directory.resolve("absent"))).isEqualTo(PeerWord.NONE);
        Files.writeString(file, "{\"heard\": [{\"what\": \"nonsense\"}]}");
        assertThatThrownBy(() -> PeerWord.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run the test again");
    }

    @Test
    void aRecordingHasBothDirectionsAndAnEnd() throws Exception {
        try (PlayedMachine machine = machine()) {
            machine.send(0, whoHas(List.of(), "10.1.0.2", "10.1.0.1"));
        }
        ByteBuffer pcap =
                ByteBuffer.wrap(Files.readAllBytes(directory.resolve("nic-0"))).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertThat(pcap.getInt(0)).isEqualTo(0xa1b2c3d4);
        assertThat(pcap.getInt(20)).isEqualTo(1);
        assertThat(pcap.getInt(24)).isEqualTo(7);
        assertThat(pcap.getInt(32)).isEqualTo(42);
        assertThat(pcap.limit()).isEqualTo(24 + 2 * (16 + 42));

        Path bounded = directory.resolve("bounded");
        try (Recording recording = new Recording(bounded, 200, java.time.InstantSource.system())) {
            for (int count = 0; count < 10; count++) {
                recording.record(new byte[60]);
            }
        }
        assertThat(Files.size(bounded)).isEqualTo(24 + 2 * 76);
    }
}
