package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveServerTests {

    private static final String SECRET = PublishServer.newSecret(new Random(7));

    private final LiveServer server;
    private final URI url;

    LiveServerTests() throws IOException {
        server = LiveServer.on(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SECRET, new LiveServer.Source() {
                    @Override
                    public Optional<LiveServer.Page> page(String path) throws IOException {
                        if (path.equals("broken")) {
                            throw new IOException("unreadable");
                        }
                        return path.isEmpty()
                                ? Optional.of(new LiveServer.Page("text/html", "a page"))
                                : Optional.empty();
                    }

                    @Override
                    public List<LiveChange> current() {
                        return List.of(new LiveChange("row", "1"));
                    }
                });
        url = URI.create(server.url());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket ask(String method, String path, String host) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\n" + (host.isEmpty() ? "" : "Host: " + host + "\r\n")
                                + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String method, String path, String host) throws IOException {
        try (Socket socket = ask(method, path, host)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void onlyWhoHasTheAddressSeesAPage() throws IOException {
        assertThat(answer("GET", url.getPath(), url.getAuthority()))
                .startsWith("HTTP/1.1 200 ")
                .contains("Referrer-Policy: no-referrer", "Cache-Control: no-store")
                .endsWith("a page");
        for (String path : List.of(
                "/", "/" + "0".repeat(32) + "/", "/" + SECRET, "/" + SECRET + "/other", "/" + SECRET + "/broken")) {
            assertThat(answer("GET", path, url.getAuthority())).as(path).startsWith("HTTP/1.1 404 ");
        }
        assertThat(answer("POST", url.getPath(), url.getAuthority())).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void aNameThatSomebodyElseMayGiveThisAddressIsRefused() throws IOException {
        for (String host : List.of("127.0.0.1:1", "localhost", "LOCALHOST:8080", "[::1]:5", "192.0.2.7")) {
            assertThat(answer("GET", url.getPath(), host)).as(host).startsWith("HTTP/1.1 200 ");
        }
        for (String host : List.of("evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost.evil")) {
            assertThat(answer("GET", url.getPath(), host)).as(host).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void soManyListenAndNoMoreAndWhoGoesMakesRoom() throws Exception {
        List<Socket> listening = new ArrayList<>();
        try {
            for (int number = 0; number < LiveListeners.MOST; number++) {
                Socket socket = ask("GET", url.getPath() + "events", "localhost");
                listening.add(socket);
                assertThat(until(socket.getInputStream(), "data: 1\n\n")).contains("text/event-stream", "event: row");
            }
            assertThat(answer("GET", url.getPath() + "events", "localhost")).startsWith("HTTP/1.1 429 ");
            listening.remove(0).close();
            List<LiveChange> news = List.of(new LiveChange("row", "2"));
            String told = "";
            while (!told.contains("text/event-stream")) {
                // Whoever went is found out by what is told to it.
                server.tell(news);
                try (Socket socket = ask("GET", url.getPath() + "events", "localhost")) {
                    told = until(socket.getInputStream(), "\n\n", "\r\n\r\n");
                }
            }
            server.tell(List.of(new LiveChange("run", "3")));
            assertThat(until(listening.get(0).getInputStream(), "data: 3\n\n")).contains("data: 2");
        } finally {
            for (Socket socket : listening) {
                socket.close();
            }
        }
    }

    @Test
    void whoDoesNotListenIsLeftAndHoldsNobodyUp() throws Exception {
        String large = "x".repeat(100_000);
        int told = LiveListeners.MOST_WAITING + 400;
        try (Socket deaf = ask("GET", url.getPath() + "events", "localhost")) {
            until(deaf.getInputStream(), "data: 1\n\n");
            for (int number = 0; number < told; number++) {
                server.tell(List.of(new LiveChange("row", large)));
            }
            long read = 0;
            byte[] some = new byte[1 << 16];
            try {
                for (int length = 0; length >= 0; length = deaf.getInputStream().read(some)) {
                    read += length;
                }
            } catch (IOException reset) {
                assertThat(reset).as("the connection was taken back").isNotNull();
            }
            assertThat(read).isLessThan((long) told * large.length());
        }
    }

    @Test
    void nothingIsLeftWhenItCloses() throws Exception {
        try (Socket listening = ask("GET", url.getPath() + "events", "localhost")) {
            until(listening.getInputStream(), "data: 1\n\n");
            server.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("live-") && thread.isAlive());
        }
    }

    @Test
    void aChangeIsOneLine() {
        assertThatThrownBy(() -> new LiveChange("row", "1\n\ndata: 2")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String until(InputStream stream, String... ends) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
            read.append((char) next);
            for (String end : ends) {
                if (read.toString().endsWith(end) && !end.isEmpty()) {
                    return read.toString();
                }
            }
        }
        return read.toString();
    }
}
