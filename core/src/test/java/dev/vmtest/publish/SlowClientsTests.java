package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Be clients that do not read what they asked for. */
final class SlowClientsTests {

    @TempDir
    Path directory;

    @AutoClose
    private final Requests requests = new Requests();

    private final PublishServer server = requests.server;

    @Test
    void slowClientsDoNotHoldUpOthers() throws Exception {
        server.publish("large", large());
        server.publish("small", bytes("quick"));
        List<Socket> slow = new CopyOnWriteArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                // One half asks and never reads; the other half never ends its question.
                Socket socket = requests.connect();
                slow.add(socket);
                Requests.send(
                        socket,
                        "GET /" + Requests.SECRET + "/large HTTP/1.1\r\nHost: x\r\n" + (i % 2 == 0 ? "\r\n" : ""));
            }
            HttpRequest quick = Requests.request(server.urlFromHost("small"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertThat(requests.client.send(quick, BodyHandlers.ofString()).body())
                    .isEqualTo("quick");
        } finally {
            server.close();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void closingEndsAllThreadsAndConnections() throws Exception {
        server.publish("large", large());
        String url = server.urlFromHost("large");
        try (Socket stuck = requests.connect()) {
            Requests.send(stuck, "GET /" + Requests.SECRET + "/large HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(stuck.getInputStream().read()).isEqualTo('H');

            server.close();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("publish-")
                                    || thread.getName().contains("HTTP-Dispatcher")));
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> requests.get(url));
    }

    private Path large() throws IOException {
        Path large = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200 << 20);
        }
        return large;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
