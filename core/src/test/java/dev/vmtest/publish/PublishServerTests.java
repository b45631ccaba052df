package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishServerTests {

    private static final String SECRET = PublishServer.newSecret(new Random(7));

    private final List<String> served = new CopyOnWriteArrayList<>();
    private final List<ReportEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private PublishServer server;

    private final class Recorder implements PublishListener {
        @Override
        public void served(String path, int status, long bytes) {
            served.add(status + " " + path + " " + bytes);
        }

        @Override
        public void reported(ReportEvent event) {
            events.add(event);
        }

        @Override
        public void rejected(String reason) {
            rejected.add(reason);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = PublishServer.onLoopback(SECRET, new Recorder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesBytesAndFiles() throws Exception {
        Path file = Files.writeString(directory.resolve("squashfs"), "0123456789");
        server.publish("seed/user-data", bytes("#cloud-config\n"));
        server.publish("root/squashfs", file);

        HttpResponse<String> userData = get(server.urlFromHost("seed/user-data"));
        assertThat(userData.statusCode()).isEqualTo(200);
        assertThat(userData.body()).isEqualTo("#cloud-config\n");
        assertThat(get(server.urlFromHost("root/squashfs")).body()).isEqualTo("0123456789");
        String date = userData.headers().firstValue("Date").orElseThrow();
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofMinutes(5)));
        await().until(() -> served.containsAll(List.of("200 seed/user-data 14", "200 root/squashfs 10")));
    }

    @Test
    void servesAFileAsItIsNowAndReplacesPublications() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "one");
        server.publish("file", file);
        Files.writeString(file, "longer than one");
        assertThat(get(server.urlFromHost("file")).body()).isEqualTo("longer than one");

        server.publish("file", new byte[0]);
        assertThat(get(server.urlFromHost("file")).body()).isEmpty();
    }

    @Test
    void answersHead() throws Exception {
        server.publish("file", bytes("0123456789"));

        HttpResponse<String> head = client.send(
                request(server.urlFromHost("file"))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
        assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=4-, 206, 456789, bytes 4-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=-30, 206, 0123456789, bytes 0-9/10",
        "bytes=8-100, 206, 89, bytes 8-9/10",
        "bytes=9-9, 206, 9, bytes 9-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=100-200, 416, '', bytes */10",
        "bytes=-0, 416, '', bytes */10",
        "bytes=3-1, 200, 0123456789,",
        "bytes=-, 200, 0123456789,",
        "'bytes=0-1,3-4', 200, 0123456789,",
        "lines=1-2, 200, 0123456789,",
        "bytes=99999999999999999999999-, 200, 0123456789,"
    })
    void servesRanges(String range, int status, String body, String contentRange) throws Exception {
        server.publish("file", Files.writeString(directory.resolve("file"), "0123456789"));

        HttpResponse<String> answer = client.send(
                request(server.urlFromHost("file")).header("Range", range).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
    }

    @Test
    void ignoresAConditionalRange() throws Exception {
        server.publish("file", bytes("0123456789"));

        HttpResponse<String> answer = client.send(
                request(server.urlFromHost("file"))
                        .header("Range", "bytes=0-1")
                        .header("If-Range", "\"tag\"")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("0123456789");
    }

    @Test
    void servesALargeFileWhole() throws Exception {
        Path file = directory.resolve("large");
        byte[] content = new byte[3_000_001];
        new Random(3).nextBytes(content);
        Files.write(file, content);
        server.publish("large", file);

        HttpResponse<byte[]> answer =
                client.send(request(server.urlFromHost("large")).build(), BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/SECRET",
                "/SECRET/",
                "/SECRET/absent",
                "/SECRET/file/",
                "/SECRET/../SECRET/file",
                "/SECRET/./file",
                "/SECRET//file",
                "/SECRET/%66ile",
                "/SECRET/%2e%2e/%2e%2e/etc/passwd",
                "/SECRET/../../../../etc/passwd",
                "/etc/passwd",
                "/file",
                "/00000000000000000000000000000000/file",
                "/SECRETx/file",
                "/00000000000000000000000000000000/events/"
            })
    void findsNothingElse(String path) throws Exception {
        server.publish("file", bytes("content"));

        assertThat(raw("GET " + path.replace("SECRET", SECRET) + " HTTP/1.1")).startsWith("HTTP/1.1 404 ");
        await().until(() -> served.size() == 1);
        assertThat(served.get(0)).startsWith("404 ");
    }

    @Test
    void refusesOtherMethodsAndNonsense() throws Exception {
        server.publish("file", bytes("content"));

        assertThat(raw("DELETE /" + SECRET + "/file HTTP/1.1")).startsWith("HTTP/1.1 405 ");
        assertThat(raw("POST /" + SECRET + "/file HTTP/1.1")).startsWith("HTTP/1.1 405 ");
        assertThat(raw("GET /" + SECRET + "/events/ HTTP/1.1")).startsWith("HTTP/1.1 405 ");
        assertThat(raw("complete nonsense")).doesNotContain(" 200 ");
        assertThat(get(server.urlFromHost("file")).body()).isEqualTo("content");
    }

    @Test
    void publishesAtAbsolutePaths() throws Exception {
        server.publishAbsolute("/MAAS/api/version/", bytes("2.0"));

        String base = "http://127.0.0.1:" + server.port();
        assertThat(get(base + "/MAAS/api/version/").body()).isEqualTo("2.0");
        assertThat(get(base + "/MAAS/api/version").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/file", "../file", "a/../b", "a//b", "./a", "a?b", "a#b", "a b", "a%41", "events/x"})
    void acceptsOnlyPlainPaths(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> server.publish(path, bytes("x")));
    }

    @Test
    void saysThatAFileCannotBePublished() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> server.publish("absent", directory.resolve("absent")))
                .withMessageContaining("cannot publish");
    }

    @Test
    void tellsThatAPublishedFileVanished() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        server.publish("file", file);
        Files.delete(file);

        assertThat(get(server.urlFromHost("file")).statusCode()).isEqualTo(404);
        assertThat(rejected).singleElement().asString().contains("published as file cannot be read");
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        assertThat(URI.create(server.urlFromHost("")).getHost()).isEqualTo("127.0.0.1");
        assertThat(server.urlFromGuest("seed/"))
                .isEqualTo("http://10.0.2.2:" + server.port() + "/" + SECRET + "/seed/");
        String sockets = Files.readString(Path.of("/proc/net/tcp"));
        if (Files.exists(Path.of("/proc/net/tcp6"))) {
            sockets += Files.readString(Path.of("/proc/net/tcp6"));
        }
        String port = String.format(":%04X", server.port());
        // proc(5): local address, remote address, state; 0A is LISTEN. An address is little-endian hexadecimal.
        List<String> listening = sockets.lines()
                .map(String::strip)
                .filter(line -> line.matches("\\d+: \\S+" + port + " \\S+ 0A .*"))
                .toList();
        assertThat(listening).singleElement().asString().contains("0100007F" + port);
    }

    @Test
    void takesReportEvents() throws Exception {
        int status =
                post("{\"name\": \"cmd-install/stage-late\", \"description\": \"late\", \"event_type\": \"finish\","
                        + " \"origin\": \"curtin\", \"timestamp\": 1500000000.25, \"level\": \"INFO\","
                        + " \"result\": \"SUCCESS\", \"files\": [{\"path\": \"/tmp/install.log\","
                        + " \"content\": \"aGVs\\nbG8=\", \"encoding\": \"base64\"}]}");

        assertThat(status).isEqualTo(200);
        assertThat(events)
                .containsExactly(new ReportEvent(
                        "cmd-install/stage-late",
                        "late",
                        "finish",
                        "curtin",
                        Instant.parse("2017-07-14T02:40:00.250Z"),
                        "INFO",
                        "SUCCESS",
                        List.of(new ReportedFile("/tmp/install.log", bytes("hello")))));
        assertThat(rejected).isEmpty();
    }

    @Test
    void takesEventsWithoutTheOptionalParts() throws Exception {
        assertThat(post("{\"name\": \"cmd-install\", \"event_type\": \"start\"}"))
                .isEqualTo(200);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.result()).isNull();
            assertThat(event.timestamp()).isNull();
            assertThat(event.files()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json at all | is not JSON",
                "'' | is not a JSON object",
                "[] | is not a JSON object",
                "{\"name\": 5} | name is not a string",
                "{\"description\": \"x\"} | has no name",
                "{\"name\": \"x\", \"timestamp\": \"now\"} | timestamp is not a number",
                "{\"name\": \"x\", \"timestamp\": 1e999999999} | not a time of this millennium",
                "{\"name\": \"x\", \"timestamp\": -5} | not a time of this millennium",
                "{\"name\": \"x\", \"files\": 7} | files are not a list",
                "{\"name\": \"x\", \"files\": [7]} | is not an object",
                "{\"name\": \"x\", \"files\": [{\"content\": \"a\", \"encoding\": \"base64\"}]} | not base64",
                "{\"name\": \"x\", \"files\": [{\"content\": \"x\", \"encoding\": \"rot13\"}]} | encoding rot13"
            })
    void refusesAndTellsBadEvents(String body, String reason) throws Exception {
        assertThat(post(body)).isEqualTo(400);

        assertThat(events).isEmpty();
        assertThat(rejected)
                .singleElement()
                .asString()
                .startsWith("a report event is refused: ")
                .contains(reason);
    }

    @Test
    void refusesDeeplyNestedEvents() throws Exception {
        assertThat(post("{\"name\": " + "[".repeat(100_000))).isEqualTo(400);
        assertThat(rejected).hasSize(1);
    }

    @Test
    void boundsTheSizeOfAnEvent() throws Exception {
        HttpRequest oversize = request(server.urlFromHost("events/"))
                .POST(BodyPublishers.ofByteArray(new byte[PublishHandler.EVENT_LIMIT + 1]))
                .build();

        assertThat(client.send(oversize, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(rejected).singleElement().asString().contains("too large");
        assertThat(events).isEmpty();
    }

    @Test
    void boundsTheNumberOfEvents() {
        BoundedListener listener = new BoundedListener(new Recorder());
        for (int i = 0; i < BoundedListener.MOST; i++) {
            assertThat(listener.reserveEvent()).isTrue();
        }
        assertThat(listener.reserveEvent()).isFalse();
        assertThat(listener.reserveEvent()).isFalse();
        assertThat(rejected).containsExactly("more than 20000 report events; no further ones are taken");
    }

    @Test
    void boundsWhatItTells() {
        int[] calls = new int[1];
        List<String> reasons = new CopyOnWriteArrayList<>();
        BoundedListener listener = new BoundedListener(new PublishListener() {
            @Override
            public void served(String path, int status, long bytes) {
                assertThat(path).startsWith("x?[1mx").hasSizeLessThan(320);
                calls[0]++;
            }

            @Override
            public void reported(ReportEvent event) {
                throw new AssertionError(event);
            }

            @Override
            public void rejected(String reason) {
                reasons.add(reason);
            }
        });
        for (int i = 0; i < BoundedListener.MOST + 5; i++) {
            listener.served("x\u001b[1m".repeat(100), 404, 0);
        }
        assertThat(calls[0]).isEqualTo(BoundedListener.MOST);
        assertThat(reasons).containsExactly("more than 20000 requests; no further ones are told");
    }

    @Test
    void answersWhenAListenerThrows() throws Exception {
        PublishListener broken = new PublishListener() {
            @Override
            public void served(String path, int status, long bytes) {
                throw new IllegalStateException("served");
            }

            @Override
            public void reported(ReportEvent event) {
                throw new IllegalStateException("reported");
            }

            @Override
            public void rejected(String reason) {
                throw new IllegalStateException("rejected");
            }
        };
        try (PublishServer other = PublishServer.onLoopback(SECRET, broken)) {
            other.publish("file", bytes("x"));
            assertThat(get(other.urlFromHost("file")).body()).isEqualTo("x");
        }
    }

    @Test
    void slowClientsDoNotHoldUpOthers() throws Exception {
        server.publish("large", large());
        server.publish("small", bytes("quick"));
        List<Socket> slow = new CopyOnWriteArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                // One half asks and never reads; the other half never ends its question.
                Socket socket = connect();
                slow.add(socket);
                send(socket, "GET /" + SECRET + "/large HTTP/1.1\r\nHost: x\r\n" + (i % 2 == 0 ? "\r\n" : ""));
            }
            HttpRequest quick = request(server.urlFromHost("small"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertThat(client.send(quick, BodyHandlers.ofString()).body()).isEqualTo("quick");
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
        try (Socket stuck = connect()) {
            send(stuck, "GET /" + SECRET + "/large HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(stuck.getInputStream().read()).isEqualTo('H');

            server.close();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("publish-")
                                    || thread.getName().contains("HTTP-Dispatcher")));
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(url));
    }

    @Test
    void makesSecretsOfTheGivenRandomness() {
        assertThat(PublishServer.newSecret(new Random(7))).isEqualTo(SECRET).hasSize(32);
        assertThat(PublishServer.newSecret(new Random(8))).isNotEqualTo(SECRET);
        assertThatIllegalArgumentException().isThrownBy(() -> PublishServer.onLoopback("short", new Recorder()));
    }

    private Path large() throws IOException {
        Path large = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200 << 20);
        }
        return large;
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(request(url).build(), BodyHandlers.ofString());
    }

    private int post(String body) throws Exception {
        return client.send(
                        request(server.urlFromHost("events/"))
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
    }

    /** Send a request that no well-behaved client would send; return what comes back. */
    private String raw(String requestLine) throws IOException {
        try (Socket socket = connect()) {
            send(socket, requestLine + "\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
