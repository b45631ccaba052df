package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WebhookLoggerCommandTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern ENDPOINT = Pattern.compile("listening on (\\S+)");

    private final WatchedCommand command = new WatchedCommand();

    private URI endpoint() {
        await().atMost(LONGEST).until(() -> ENDPOINT.matcher(command.shown()).find());
        Matcher endpoint = ENDPOINT.matcher(command.shown());
        assertThat(endpoint.find()).isTrue();
        return URI.create(endpoint.group(1));
    }

    private static HttpResponse<String> send(URI place, String method, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(place)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whatIsPostedIsPrinted() throws Exception {
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> command.run("webhook-logger", "--count", "6", "0"));
        URI endpoint = endpoint();
        assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
        assertThat(command.shown()).contains("type: webhook, endpoint: '" + endpoint + "'");

        String log = "x".repeat(5000);
        assertThat(send(
                                endpoint.resolve("a"),
                                "POST",
                                "{\"name\": \"cmd-install\", \"files\": [{\"content\": \"" + log + "\"}]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(endpoint, "POST", "{\"name\": \"\\u001b[2J\"}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> garbage = send(endpoint, "POST", "no json");
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(garbage.body()).startsWith("the body is not JSON: ");
        assertThat(send(endpoint, "POST", "").statusCode()).isEqualTo(400);
        assertThat(send(endpoint.resolve("MAAS/api"), "GET", "").body()).isEqualTo("content of /MAAS/api\n");
        assertThat(send(endpoint, "DELETE", "").statusCode()).isEqualTo(405);

        assertThat(status.get()).isZero();
        assertThat(command.shown())
                .contains("POST /a\n{\n  \"name\" : \"cmd-install\"", "… (5000 characters)")
                .contains("POST / refused: the body is not JSON", "GET /MAAS/api\n", "DELETE / refused: ")
                .doesNotContain("\033");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> command.run("webhook-logger", "--count", "1", "0"));
        URI endpoint = endpoint();
        assertThat(send(endpoint, "POST", "\"" + "x".repeat(17 << 20) + "\"").statusCode())
                .isEqualTo(413);
        assertThat(status.get()).isZero();
        assertThat(command.shown()).contains("refused: the body has more than 16777216 bytes");
    }

    @Test
    void aPlaceThatCannotBeIsNamed() throws Exception {
        assertThat(command.run("webhook-logger", "http")).isEqualTo(ExitStatus.USAGE);
        assertThat(command.complaint()).contains("'http' is no port");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(command.run("webhook-logger", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(ExitStatus.INFRASTRUCTURE);
        }
        assertThat(command.complaint()).contains("choose another port");
    }
}
