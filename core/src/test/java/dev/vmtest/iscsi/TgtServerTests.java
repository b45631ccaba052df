package dev.vmtest.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.secret.Secret;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run real servers. */
class TgtServerTests {

    private static final IscsiAccount USER = new IscsiAccount("user", new Secret("passw0rd"));
    private static final IscsiAccount ANSWER = new IscsiAccount("iuser", new Secret("ipassw0rd"));

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @AfterEach
    void end() {
        processes.close();
    }

    private TgtServer start() throws IscsiException {
        return TgtServer.start(processes, directory, directory.resolve("log"));
    }

    private Path image(String name) throws IOException {
        Path image = directory.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(1 << 20);
        }
        return image;
    }

    private String ask(Path socket, String mode) throws Exception {
        return processes
                .run(
                        Command.of("tgtadm", "--lld", "iscsi", "--mode", mode, "--op", "show")
                                .withEnvironment(TgtControl.SOCKET, socket.toString()),
                        Duration.ofSeconds(30))
                .requireSuccess()
                .stdout();
    }

    private static void connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
        }
    }

    @Test
    void inANetworkOfItsOwnItTellsInitiatorsTheAddressByWhichTheyCallIt() throws Exception {
        Optional<String> obstacle = PrivateNetwork.obstacle(processes);
        assumeTrue(obstacle.isEmpty(), () -> "this host gives no user a network: " + obstacle.orElseThrow());
        Process guest;
        try (TgtServer server = TgtServer.startPrivate(processes, directory, directory.resolve("log"))) {
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:far", image("far"), null, null));
            assertThat(server.hostFromGuest()).isEqualTo("10.0.2.100");

            GuestDoor door = server.door().orElseThrow();
            assertThat(door.address() + ":" + door.port()).isEqualTo(server.portal());
            guest = new ProcessBuilder(door.command()).start();
            assertThat(discover(guest))
                    .contains("TargetName=iqn.2024-01.dev.vmtest:far")
                    .contains("TargetAddress=10.0.2.100:3260,1");
            Process second = new ProcessBuilder(door.command()).start();
            assertThat(discover(second)).contains("TargetAddress=10.0.2.100:3260,1");
            second.getOutputStream().close();
            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(guest.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Log in to a discovery session and ask for all targets (RFC 7143, 11.10 and 11.12). */
    private static String discover(Process guest) throws IOException {
        int logIn = 0x43;
        int ask = 0x44;
        int untilFullFeatures = 0x87;
        int complete = 0x80;
        OutputStream out = guest.getOutputStream();
        out.write(request(
                logIn,
                untilFullFeatures,
                "InitiatorName=iqn.2024-01.dev.vmtest:initiator\0SessionType=Discovery\0AuthMethod=None\0"));
        out.flush();
        assertThat(answer(guest)).contains("TargetPortalGroupTag");
        out.write(request(ask, complete, "SendTargets=All\0"));
        out.flush();
        return answer(guest);
    }

    private static byte[] request(int code, int flags, String text) {
        byte[] words = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(48 + (words.length + 3) / 4 * 4);
        request.put(0, (byte) code).put(1, (byte) flags).putInt(4, words.length);
        if (code == 0x43) {
            request.put(9, (byte) 2);
        } else {
            request.putInt(20, -1);
        }
        request.put(48, words);
        return request.array();
    }

    private static String answer(Process guest) throws IOException {
        DataInputStream in = new DataInputStream(guest.getInputStream());
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(48));
        assertThat(header.limit()).isEqualTo(48);
        int length = header.getInt(4) & 0xffffff;
        return new String(in.readNBytes((length + 3) / 4 * 4), StandardCharsets.US_ASCII);
    }

    @Test
    void aServerEndsWhoseFirstQuestionFails() throws Exception {
        List<Running> started = new ArrayList<>();
        Processes withoutTgtadm = new Processes() {
            @Override
            public Completed run(Command command, Duration timeout) throws ProcessException {
                throw new ProcessException(ProcessException.Reason.MISSING, "tgtadm is not there", "");
            }

            @Override
            public Running start(Command command, Path output) throws ProcessException {
                Running tgtd = processes.start(command, output);
                started.add(tgtd);
                return tgtd;
            }

            @Override
            public Running startInteractive(Command command) {
                throw new UnsupportedOperationException(command.toShell());
            }
        };

        assertThatThrownBy(() -> TgtServer.start(withoutTgtadm, directory, directory.resolve("log")))
                .isInstanceOf(IscsiException.class)
                .hasMessageContaining("tgtadm is not there");

        assertThat(started)
                .singleElement()
                .satisfies(tgtd -> assertThat(tgtd.isAlive()).isFalse());
        try (var left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("log");
        }
    }

    @Test
    void listensOnTheLoopbackAddressAloneAndEndsWithAllItMade() throws Exception {
        int port;
        try (TgtServer server = start()) {
            port = server.port();
            connect(port);
            assertThat(ask(server.socket(), "portal").strip()).isEqualTo("Portal: 127.0.0.1:" + port + ",1");
            assertThat(server.hostFromGuest()).isEqualTo("10.0.2.2");
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:one", image("one"), null, null));
        }

        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        try (var left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("log", "one");
        }
    }

    @Test
    void asksForTheAccountsOfEachTarget() throws Exception {
        try (TgtServer server = start()) {
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:open", image("open"), null, null));
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:chap", image("chap"), USER, null));
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:mutual", image("mutual"), USER, ANSWER));

            String targets = ask(server.socket(), "target");
            assertThat(accounts(targets, "open")).isEmpty();
            assertThat(accounts(targets, "chap")).containsExactly("user");
            assertThat(accounts(targets, "mutual")).containsExactly("user", "iuser (outgoing)");
        }
    }

    private List<String> accounts(TgtServer server) throws Exception {
        return ask(server.socket(), "account")
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
    }

    private static List<String> accounts(String targets, String name) {
        String one = targets.substring(targets.indexOf("dev.vmtest:" + name));
        return one.substring(one.indexOf("Account information:"), one.indexOf("ACL information:"))
                .lines()
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void saysWhyATargetIsRefused() throws Exception {
        try (TgtServer server = start()) {
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:one", image("one"), USER, null));

            assertThatThrownBy(() -> server.add(new IscsiTarget(
                            "iqn.2024-01.dev.vmtest:two",
                            image("two"),
                            new IscsiAccount("user", new Secret("other")),
                            null)))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("the account user has two passwords")
                    .hasMessageNotContaining("passw0rd");
            assertThatThrownBy(() -> server.add(
                            new IscsiTarget("iqn.2024-01.dev.vmtest:three", directory.resolve("absent"), null, null)))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("absent");
        }
    }

    @Test
    void servesSideBySide() throws Exception {
        try (TgtServer first = start();
                TgtServer second = start()) {
            assertThat(first.port()).isNotEqualTo(second.port());
            connect(first.port());
            connect(second.port());
        }
    }

    @Test
    void takesItsTargetsAwayFromAServerOfSomebodyElse() throws Exception {
        try (TgtServer server = start()) {
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:stays", image("stays"), null, null));
            try (SharedTgt shared = new SharedTgt(processes, server.portal(), server.socket())) {
                shared.add(new IscsiTarget("iqn.2024-01.dev.vmtest:goes", image("goes"), null, null));
                assertThat(ask(server.socket(), "target")).contains("dev.vmtest:stays", "dev.vmtest:goes");
                assertThat(shared.hostFromGuest()).isEqualTo("10.0.2.2");
            }

            assertThat(ask(server.socket(), "target"))
                    .contains("dev.vmtest:stays")
                    .doesNotContain("dev.vmtest:goes");
        }
    }

    @Test
    void sharesAServerWithOtherRunsOfTheSameAccounts() throws Exception {
        try (TgtServer server = start()) {
            SharedTgt first = new SharedTgt(processes, server.portal(), server.socket());
            first.add(new IscsiTarget("iqn.2024-01.dev.vmtest:first", image("first"), USER, ANSWER));
            SharedTgt second = new SharedTgt(processes, server.portal(), server.socket());
            second.add(new IscsiTarget("iqn.2024-01.dev.vmtest:second", image("second"), USER, null));

            first.close();
            assertThat(accounts(server)).containsExactly(USER.user());
            second.close();
            assertThat(accounts(server)).as("it belongs to nobody now").containsExactly(USER.user());

            SharedTgt third = new SharedTgt(processes, server.portal(), server.socket());
            third.add(new IscsiTarget(
                    "iqn.2024-01.dev.vmtest:third",
                    image("third"),
                    new IscsiAccount("user", new Secret("other")),
                    null));
            third.close();
            assertThat(accounts(server)).isEmpty();
        }
    }

    @Test
    void isToldOfANameThatIsTaken() throws Exception {
        try (TgtServer server = start();
                SharedTgt shared = new SharedTgt(processes, server.portal(), server.socket())) {
            server.add(new IscsiTarget("iqn.2024-01.dev.vmtest:one", image("one"), null, null));

            assertThatThrownBy(
                            () -> shared.add(new IscsiTarget("iqn.2024-01.dev.vmtest:one", image("other"), null, null)))
                    .isInstanceOf(IscsiException.class)
                    .hasMessage("tgtd does not serve iqn.2024-01.dev.vmtest:one: tgtadm: this target already exists");
        }
    }

    @Test
    void isNotThereOnAnAddressThatThisHostDoesNotHave() {
        assertThatThrownBy(() -> TgtServer.start(processes, directory, directory.resolve("log"), "192.0.2.1"))
                .isInstanceOf(IscsiException.class)
                .hasMessageContaining("no iSCSI server can be started");
    }
}
