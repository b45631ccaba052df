package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetch what a server publishes, and what it does not. */
final class PublishServerTests {

    @TempDir
    Path directory;

    @AutoClose
    private final Requests requests = new Requests();

    private final PublishServer server = requests.server;
    private final RecordingListener told = requests.told;

    @Test
    void servesBytesAndFiles() throws Exception {
        Path file = Files.writeString(directory.resolve("squashfs"), "0123456789");
        server.publish("seed/user-data", bytes("#cloud-config\n"));
        server.publish("root/squashfs", file);

        HttpResponse<String> userData = requests.get(server.urlFromHost("seed/user-data"));
        assertThat(userData.statusCode()).isEqualTo(200);
        assertThat(userData.body()).isEqualTo("#cloud-config\n");
        assertThat(requests.get(server.urlFromHost("root/squashfs")).body()).isEqualTo("0123456789");
        String date = userData.headers().firstValue("Date").orElseThrow();
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofMinutes(5)));
        await().until(() -> told.served.containsAll(List.of("200 seed/user-data 14", "200 root/squashfs 10")));
    }

    @Test
    void servesAFileAsItIsNowAndReplacesPublications() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "one");
        server.publish("file", file);
        Files.writeString(file, "longer than one");
        assertThat(requests.get(server.urlFromHost("file")).body()).isEqualTo("longer than one");

        server.publish("file", new byte[0]);
        assertThat(requests.get(server.urlFromHost("file")).body()).isEmpty();
    }

    @Test
    void answersHead() throws Exception {
        server.publish("file", bytes("0123456789"));

        HttpResponse<String> head = requests.client.send(
                Requests.request(server.urlFromHost("file"))
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

        HttpResponse<String> answer = requests.client.send(
                Requests.request(server.urlFromHost("file"))
                        .header("Range", range)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
    }

    @Test
    void ignoresAConditionalRange() throws Exception {
        server.publish("file", bytes("0123456789"));

        HttpResponse<String> answer = requests.client.send(
                Requests.request(server.urlFromHost("file"))
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

        HttpResponse<byte[]> answer = requests.client.send(
                Requests.request(server.urlFromHost("large")).build(), BodyHandlers.ofByteArray());
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

        assertThat(requests.raw("GET " + path.replace("SECRET", Requests.SECRET) + " HTTP/1.1"))
                .startsWith("HTTP/1.1 404 ");
        await().until(() -> told.served.size() == 1);
        assertThat(told.served.get(0)).startsWith("404 ");
    }

    @Test
    void refusesOtherMethodsAndNonsense() throws Exception {
        server.publish("file", bytes("content"));

        assertThat(requests.raw("DELETE /" + Requests.SECRET + "/file HTTP/1.1"))
                .startsWith("HTTP/1.1 405 ");
        assertThat(requests.raw("POST /" + Requests.SECRET + "/file HTTP/1.1")).startsWith("HTTP/1.1 405 ");
        assertThat(requests.raw("GET /" + Requests.SECRET + "/events/ HTTP/1.1"))
                .startsWith("HTTP/1.1 405 ");
        assertThat(requests.raw("complete nonsense")).doesNotContain(" 200 ");
        assertThat(requests.get(server.urlFromHost("file")).body()).isEqualTo("content");
    }

    @Test
    void publishesAtAbsolutePaths() throws Exception {
        server.publishAbsolute("/MAAS/api/version/", bytes("2.0"));

        String base = "http://127.0.0.1:" + server.port();
        assertThat(requests.get(base + "/MAAS/api/version/").body()).isEqualTo("2.0");
        assertThat(requests.get(base + "/MAAS/api/version").statusCode()).isEqualTo(404);
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

        assertThat(requests.get(server.urlFromHost("file")).statusCode()).isEqualTo(404);
        assertThat(told.rejected).singleElement().asString().contains("published as file cannot be read");
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        assertThat(URI.create(server.urlFromHost("")).getHost()).isEqualTo("127.0.0.1");
        assertThat(server.urlFromGuest("seed/"))
                .isEqualTo("http://10.0.2.2:" + server.port() + "/" + Requests.SECRET + "/seed/");
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
        try (PublishServer other = PublishServer.onLoopback(Requests.SECRET, broken)) {
            other.publish("file", bytes("x"));
            assertThat(requests.get(other.urlFromHost("file")).body()).isEqualTo("x");
        }
    }

    @Test
    void makesSecretsOfTheGivenRandomness() {
        assertThat(PublishServer.newSecret(new Random(7)))
                .isEqualTo(Requests.SECRET)
                .hasSize(32);
        assertThat(PublishServer.newSecret(new Random(8))).isNotEqualTo(Requests.SECRET);
        assertThatIllegalArgumentException().isThrownBy(() -> PublishServer.onLoopback("short", told));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
