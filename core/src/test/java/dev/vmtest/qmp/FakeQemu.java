package dev.vmtest.qmp;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Play QEMU's side of QMP: one connection, one script. */
final class FakeQemu implements AutoCloseable {

    static final String GREETING = "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7},"
            + " \"package\": \"\"}, \"capabilities\": [\"oob\"]}}";

    /** What to do with the connection. */
    interface Script {
        void play(Connection connection) throws Exception;
    }

    private final ServerSocketChannel server;
    private final CompletableFuture<Void> played = new CompletableFuture<>();

    FakeQemu(Path socket, Script script) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(() -> accept(script), "fake qemu");
        thread.setDaemon(true);
        thread.start();
    }

    /** Return a future that completes when the script was played, and fails with what the script threw. */
    CompletableFuture<Void> played() {
        return played;
    }

    private void accept(Script script) {
        try (SocketChannel channel = server.accept()) {
            script.play(new Connection(channel));
            played.complete(null);
        } catch (Exception broken) {
            played.completeExceptionally(broken);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Speak line by line. */
    static final class Connection {
        private final SocketChannel channel;
        private final LineReader lines;

        private Connection(SocketChannel channel) {
            this.channel = channel;
            this.lines = new LineReader(channel, 1 << 20);
        }

        void greet() throws Exception {
            send(GREETING);
            JsonNode negotiation = receive();
            if (!negotiation.path("execute").asString().equals("qmp_capabilities")) {
                throw new AssertionError("expected qmp_capabilities, got " + negotiation);
            }
            reply(negotiation, "{}");
        }

        void send(String line) throws IOException {
            sendRaw(line + "\r\n");
        }

        void sendRaw(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        void reply(JsonNode command, String value) throws IOException {
            send("{\"return\": " + value + ", \"id\": " + command.path("id") + "}");
        }

        JsonNode receive() throws Exception {
            JsonNode command = receiveOrEnd();
            if (command == null) {
                throw new AssertionError("the client closed the connection");
            }
            return command;
        }

        @Nullable
        JsonNode receiveOrEnd() throws Exception {
            byte[] line = lines.next();
            return line == null ? null : JsonMapper.shared().readTree(line);
        }
    }
}
