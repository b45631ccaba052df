package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Send report events to a server, good ones and bad ones. */
final class ReceivedEventsTests {

    @AutoClose
    private final Requests requests = new Requests();

    private final PublishServer server = requests.server;
    private final RecordingListener told = requests.told;

    @Test
    void takesReportEvents() throws Exception {
        int status = requests.post(
                "{\"name\": \"cmd-install/stage-late\", \"description\": \"late\", \"event_type\": \"finish\","
                        + " \"origin\": \"curtin\", \"timestamp\": 1500000000.25, \"level\": \"INFO\","
                        + " \"result\": \"SUCCESS\", \"files\": [{\"path\": \"/tmp/install.log\","
                        + " \"content\": \"aGVs\\nbG8=\", \"encoding\": \"base64\"}]}");

        assertThat(status).isEqualTo(200);
        assertThat(told.events)
                .containsExactly(new ReportEvent(
                        "cmd-install/stage-late",
                        "late",
                        "finish",
                        "curtin",
                        Instant.parse("2017-07-14T02:40:00.250Z"),
                        "INFO",
                        "SUCCESS",
                        List.of(new ReportedFile("/tmp/install.log", bytes("hello")))));
        assertThat(told.rejected).isEmpty();
    }

    @Test
    void takesEventsWithoutTheOptionalParts() throws Exception {
        assertThat(requests.post("{\"name\": \"cmd-install\", \"event_type\": \"start\"}"))
                .isEqualTo(200);

        assertThat(told.events).singleElement().satisfies(event -> {
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
        assertThat(requests.post(body)).isEqualTo(400);

        assertThat(told.events).isEmpty();
        assertThat(told.rejected)
                .singleElement()
                .asString()
                .startsWith("a report event is refused: ")
                .contains(reason);
    }

    @Test
    void refusesDeeplyNestedEvents() throws Exception {
        assertThat(requests.post("{\"name\": " + "[".repeat(100_000))).isEqualTo(400);
        assertThat(told.rejected).hasSize(1);
    }

    @Test
    void boundsTheSizeOfAnEvent() throws Exception {
        HttpRequest oversize = Requests.request(server.urlFromHost("events/"))
                .POST(BodyPublishers.ofByteArray(new byte[PublishHandler.EVENT_LIMIT + 1]))
                .build();

        assertThat(requests.client.send(oversize, BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        assertThat(told.rejected).singleElement().asString().contains("too large");
        assertThat(told.events).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
