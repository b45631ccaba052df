package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vmtest.session.RunLog;
import dev.vmtest.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WebhookLoggerCommandTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern ENDPOINT = Pattern.compile("listening on (\\S+)");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(Map.of(), directory -> 0, RunLog.NONE);
        return Main.run(
                Invocation.of(
                        surroundings,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private URI endpoint() {
        await().atMost(LONGEST).until(() -> ENDPOINT.matcher(shown()).find());
        Matcher endpoint = ENDPOINT.matcher(shown());
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
                CompletableFuture.supplyAsync(() -> run("webhook-logger", "--count", "6", "0"));
        URI endpoint = endpoint();
        assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
        assertThat(shown()).contains("type: webhook, endpoint: '" + endpoint + "'");

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
        assertThat(shown())
                .contains("POST /a\n{\n  \"name\" : \"cmd-install\"", "… (5000 characters)")
                .contains("POST / refused: the body is not JSON", "GET /MAAS/api\n", "DELETE / refused: ")
                .doesNotContain("\033");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> run("webhook-logger", "--count", "1", "0"));
        URI endpoint = endpoint();
        assertThat(send(endpoint, "POST", "\"" + "x".repeat(17 << 20) + "\"").statusCode())
                .isEqualTo(413);
        assertThat(status.get()).isZero();
        assertThat(shown()).contains("refused: the body has more than 16777216 bytes");
    }

    @Test
    void aPlaceThatCannotBeIsNamed() throws Exception {
        assertThat(run("webhook-logger", "http")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'http' is no port");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("webhook-logger", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(ExitStatus.INFRASTRUCTURE);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("choose another port");
    }
}
