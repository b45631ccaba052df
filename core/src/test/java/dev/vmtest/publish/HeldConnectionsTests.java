package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Holds connections open as somebody does who doesn't know the secret, and asks as the guest does. */
final class HeldConnectionsTests {

    private static final int HELD = 300;

    /** An answer at once, on a host that is busy with other tests. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @AutoClose
    private final Requests requests = new Requests();

    private final List<Socket> held = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
    }

    private void hold(InetSocketAddress server, int number, String sent) throws IOException {
        for (int count = 0; count < number; count++) {
            Socket socket = new Socket();
            socket.setSoTimeout((int) AT_ONCE.toMillis());
            socket.connect(server);
            held.add(socket);
            try {
                Requests.send(socket, sent);
            } catch (IOException sentAway) {
                // The bound was met; the next one is as welcome.
            }
        }
    }

    private InetSocketAddress server() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), requests.server.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /",
                "GET /seed/user-data HTTP/1.1\r\nHost: x\r\nX-Slow: a",
                "POST /events/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{",
                "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
                "complete nonsense\r\n\r\n",
            })
    void whoHoldsConnectionsWithoutTheSecretHoldsUpNoGuest(String sent) throws Exception {
        requests.server.publish("seed/user-data", "#cloud-config\n".getBytes(StandardCharsets.UTF_8));

        hold(server(), HELD, sent);
        long began = System.nanoTime();
        String answer =
                requests.get(requests.server.urlFromHost("seed/user-data")).body();
        int posted = requests.post("{\"name\": \"n\", \"description\": \"d\", \"event_type\": \"start\"}");
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(answer).isEqualTo("#cloud-config\n");
        assertThat(posted).isEqualTo(200);
        assertThat(took).isLessThan(AT_ONCE);
    }

    @Test
    void moreThanTheBoundShutsNobodyOut() throws Exception {
        requests.server.publish("file", "x".getBytes(StandardCharsets.UTF_8));

        hold(server(), HttpFront.MOST + 50, "GET /half");

        assertThat(requests.get(requests.server.urlFromHost("file")).body()).isEqualTo("x");
        // The first that came had to go.
        assertThat(ended(held.get(0))).isTrue();
    }

    @Test
    void aGuestWhoseHeadCameInPartsIsServed() throws Exception {
        requests.server.publish("file", "content".getBytes(StandardCharsets.UTF_8));
        try (Socket slow = requests.connect()) {
            for (char letter : ("GET /" + Requests.SECRET + "/file HTTP/1.1\r\nHost: x\r\n\r\n").toCharArray()) {
                Requests.send(slow, String.valueOf(letter));
            }
            assertThat(text(slow)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\ncontent");
        }
    }

    @Test
    void aHeadIsNotEndless() throws Exception {
        try (Socket socket = requests.connect()) {
            Requests.send(socket, "GET /" + Requests.SECRET + "/file HTTP/1.1\r\nX: " + "a".repeat(RequestHead.LIMIT));
            assertThat(text(socket)).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void requestsOfOthersDoNotUseUpWhatIsToldOfTheGuest() throws Exception {
        requests.server.publish("file", "x".getBytes(StandardCharsets.UTF_8));
        hold(server(), 50, "GET /other/file HTTP/1.1\r\n\r\n");
        await().until(() -> requests.told.served.size() == 50);

        requests.get(requests.server.urlFromHost("file"));

        await().until(() -> requests.told.served.contains("200 file 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "POST /half HTTP/1.1\r\nHost: x", "POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n{"})
    void whoHoldsConnectionsHoldsUpNoOtherWebhook(String sent) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (WebhookServer server = WebhookServer.on(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new WebhookServer.Listener() {
                    @Override
                    public void posted(String path, JsonNode body) {
                        told.add(path + " " + body);
                    }

                    @Override
                    public void asked(String method, String path) {
                        told.add(method + " " + path);
                    }

                    @Override
                    public void refused(String method, String path, String reason) {
                        told.add("refused " + path);
                    }
                })) {
            hold(server.address(), HELD, sent);
            try (Socket honest = new Socket()) {
                honest.setSoTimeout((int) AT_ONCE.toMillis());
                honest.connect(server.address());
                Requests.send(honest, "POST /log HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}");
                assertThat(text(honest)).startsWith("HTTP/1.1 200 ");
            }
            await().until(() -> told.contains("/log {}"));
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static String text(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
