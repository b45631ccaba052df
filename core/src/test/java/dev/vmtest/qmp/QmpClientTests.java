package dev.vmtest.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.process.TemporaryDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class QmpClientTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> alive = new CompletableFuture<>();

    // Not JUnit's: a socket's path must be short.
    private TemporaryDirectory directory;
    private Path socket;

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = TemporaryDirectory.create(Path.of("/tmp"), "qmp-");
        socket = directory.path().resolve("qmp");
    }

    @AfterEach
    void removeDirectory() throws Exception {
        directory.close();
    }

    @Test
    void matchesRepliesByIdAndHandsOnEventsBetweenThem() throws Exception {
        FakeQemu qemu = new FakeQemu(socket, connection -> {
            connection.greet();
            JsonNode first = connection.receive();
            JsonNode second = connection.receive();
            connection.send("{\"event\": \"RTC_CHANGE\", \"data\": {\"offset\": 78},"
                    + " \"timestamp\": {\"seconds\": 1267020223, \"microseconds\": 435656}}");
            connection.reply(second, second.path("arguments").path("id").toString());
            connection.send("{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}}");
            connection.reply(first, "\"first\"");
            var unused = connection.receiveOrEnd();
        });
        try (qemu;
                QmpClient client = connect()) {
            CompletableFuture<JsonNode> first = client.execute("query-status");
            CompletableFuture<JsonNode> second =
                    client.execute("device_del", Map.of("id", "nic \"0\"\n", "list", List.of(1, true)));

            assertThat(first.get(30, TimeUnit.SECONDS).asString()).isEqualTo("first");
            assertThat(second.get(30, TimeUnit.SECONDS).asString()).isEqualTo("nic \"0\"\n");
        }
        qemu.played().get(30, TimeUnit.SECONDS);
        QmpEvent change = events.take();
        assertThat(change.name()).isEqualTo("RTC_CHANGE");
        assertThat(change.data().path("offset").asInt()).isEqualTo(78);
        assertThat(change.timestamp()).isEqualTo(Instant.parse("2010-02-24T14:03:43.435656Z"));
        QmpEvent stop = events.take();
        assertThat(stop.name()).isEqualTo("STOP");
        assertThat(stop.data().isObject()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void typesErrorsAndGoesOn() throws Exception {
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
                    connection.greet();
                    JsonNode refused = connection.receive();
                    connection.send("{\"id\": " + refused.path("id")
                            + ", \"error\": {\"class\": \"DeviceNotFound\", \"desc\": \"Device 'x' not found\"}}");
                    connection.reply(connection.receive(), "42");
                    qemuWaits(connection);
                });
                QmpClient client = connect()) {
            assertThat(qemu.played()).isNotDone();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> client.execute("device_del").get(30, TimeUnit.SECONDS))
                    .havingCause()
                    .withMessage("QEMU refused device_del: Device 'x' not found (DeviceNotFound)")
                    .isInstanceOfSatisfying(QmpCommandException.class, error -> {
                        assertThat(error.errorClass()).isEqualTo("DeviceNotFound");
                        assertThat(error.description()).isEqualTo("Device 'x' not found");
                        assertThat(error.command()).isEqualTo("device_del");
                    });
            assertThat(client.execute("query-x").get(30, TimeUnit.SECONDS).asInt())
                    .isEqualTo(42);
        }
    }

    @Test
    void takesTheShutdownBeforeTheReplyToQuit() throws Exception {
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
                    connection.greet();
                    JsonNode quit = connection.receive();
                    connection.send("{\"timestamp\": {\"seconds\": 1, \"microseconds\": 0}, \"event\": \"SHUTDOWN\","
                            + " \"data\": {\"guest\": false, \"reason\": \"host-qmp-quit\"}}");
                    connection.reply(quit, "{}");
                });
                QmpClient client = connect()) {
            assertThat(client.execute("quit").get(30, TimeUnit.SECONDS).isObject())
                    .isTrue();
            assertThat(events.take().data().path("reason").asString()).isEqualTo("host-qmp-quit");
            assertThat(client.closed().get(30, TimeUnit.SECONDS)).hasMessage("QEMU closed its QMP connection");
            qemu.played().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void failsEveryOpenCommandWhenTheStreamEnds() throws Exception {
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
                    connection.greet();
                    var first = connection.receive();
                    var second = connection.receive();
                    assertThat(first.path("id")).isNotEqualTo(second.path("id"));
                    connection.send("{\"return\": {}");
                });
                QmpClient client = connect()) {
            CompletableFuture<JsonNode> first = client.execute("one");
            CompletableFuture<JsonNode> second = client.execute("two");

            for (CompletableFuture<JsonNode> reply : List.of(first, second)) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> reply.get(30, TimeUnit.SECONDS))
                        .havingCause()
                        .isInstanceOf(QmpException.class);
            }
            qemu.played().get(30, TimeUnit.SECONDS);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> client.execute("late").get(30, TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOf(QmpException.class);
        }
    }

    @Test
    void closingFailsOpenCommandsAndEndsTheConnection() throws Exception {
        FakeQemu qemu = new FakeQemu(socket, connection -> {
            connection.greet();
            assertThat(connection.receive().path("execute").asString()).isEqualTo("slow");
            assertThat(connection.receiveOrEnd()).isNull();
        });
        QmpClient client = connect();
        CompletableFuture<JsonNode> slow = client.execute("slow");
        client.close();
        client.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> slow.get(30, TimeUnit.SECONDS))
                .havingCause()
                .withMessage("the connection to QEMU was closed by vmtest");
        qemu.played().get(30, TimeUnit.SECONDS);
        qemu.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{\"unfinished\": ",
                "[1, 2]",
                "17",
                "{\"what\": \"is this\"}",
                "{\"return\": {}, \"id\": \"never-sent\"}",
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"Invalid JSON syntax\"}}"
            })
    void endsTheConnectionOnNonsense(String nonsense) throws Exception {
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
                    connection.greet();
                    var unused = connection.receive();
                    connection.send(nonsense);
                    qemuWaits(connection);
                });
                QmpClient client = connect()) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> client.execute("query-status").get(30, TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOf(QmpException.class)
                    .withMessageStartingWith("QEMU ");
            qemu.played().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void boundsALine() throws Exception {
        String block = "x".repeat(1 << 20);
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
                    connection.greet();
                    try {
                        while (true) {
                            connection.sendRaw(block);
                        }
                    } catch (java.io.IOException hungUp) {
                        // As it should be.
                    }
                });
                QmpClient client = connect()) {
            assertThat(client.closed().get(60, TimeUnit.SECONDS))
                    .hasMessage("QEMU sent a line of more than 16777216 bytes");
            qemu.played().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void survivesAListenerThatThrows() throws Exception {
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
                    connection.greet();
                    JsonNode command = connection.receive();
                    connection.send("{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}}");
                    connection.reply(command, "1");
                    qemuWaits(connection);
                });
                QmpClient client = QmpClient.connect(socket, LONG, alive, event -> {
                    throw new IllegalStateException("listener");
                })) {
            assertThat(qemu.played()).isNotDone();
            assertThat(client.execute("stop").get(30, TimeUnit.SECONDS).asInt()).isEqualTo(1);
        }
    }

    @Test
    void waitsForTheSocket() throws Exception {
        CompletableFuture<QmpClient> connecting = CompletableFuture.supplyAsync(() -> {
            try {
                return connect();
            } catch (QmpException error) {
                throw new IllegalStateException(error);
            }
        });
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> connecting.get(100, TimeUnit.MILLISECONDS));
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
            connection.greet();
            qemuWaits(connection);
        })) {
            connecting.get(30, TimeUnit.SECONDS).close();
            qemu.played().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void givesUpWhenQemuEndsBeforeItListens() {
        alive.complete(1);

        assertThatExceptionOfType(QmpException.class)
                .isThrownBy(this::connect)
                .withMessage("QEMU ended (1) before it answered; its own output says why");
    }

    @Test
    void givesUpWhenQemuEndsBeforeItGreets() throws Exception {
        try (FakeQemu qemu = new FakeQemu(socket, connection -> {
            alive.complete(1);
            qemuWaits(connection);
        })) {
            assertThatExceptionOfType(QmpException.class)
                    .isThrownBy(this::connect)
                    .withMessage("QEMU ended (1) before it answered; its own output says why");
            qemu.played().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void givesUpAtTheDeadline() throws Exception {
        assertThatExceptionOfType(QmpException.class)
                .isThrownBy(() -> QmpClient.connect(socket, Duration.ofMillis(100), alive, events::add))
                .withMessage("QEMU did not answer on " + socket + " within 0.1 s");
        try (FakeQemu mute = new FakeQemu(socket, QmpClientTests::qemuWaits)) {
            assertThatExceptionOfType(QmpException.class)
                    .isThrownBy(() -> QmpClient.connect(socket, Duration.ofMillis(100), alive, events::add))
                    .withMessage("QEMU did not answer on " + socket + " within 0.1 s");
            mute.played().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void saysThatAPathIsTooLong() {
        Path tooLong = directory.path().resolve("x".repeat(120));

        assertThatExceptionOfType(QmpException.class)
                .isThrownBy(() -> QmpClient.connect(tooLong, LONG, alive, events::add))
                .withMessageContaining("at most 107 bytes");
    }

    @Test
    void refusesSomethingThatIsNotASocket() throws Exception {
        Files.writeString(socket, "file");

        // A file where nobody listens looks like a QEMU that is about to: the deadline decides.
        assertThatExceptionOfType(QmpException.class)
                .isThrownBy(() -> QmpClient.connect(socket, Duration.ofMillis(50), alive, events::add))
                .withMessageContaining("did not answer");
    }

    private QmpClient connect() throws QmpException {
        return QmpClient.connect(socket, LONG, alive, events::add);
    }

    private static void qemuWaits(FakeQemu.Connection connection) throws Exception {
        assertThat(connection.receiveOrEnd()).isNull();
    }
}
