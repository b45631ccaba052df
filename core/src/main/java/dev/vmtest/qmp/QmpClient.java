package dev.vmtest.qmp;

import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drive one QEMU through its machine protocol.
 *
 * <pre>{@code
 * try (QmpClient qmp = QmpClient.connect(socket, Duration.ofSeconds(10), qemu.exit(), events::add)) {
 *     JsonNode status = qmp.execute("query-status").get(5, TimeUnit.SECONDS);
 *     qmp.execute("device_del", Map.of("id", "nic0")).get(5, TimeUnit.SECONDS);
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Replies are matched to commands by id, and events may come between them: after
 * {@code quit} the event {@code SHUTDOWN} precedes the reply. Futures complete on the connection's own thread: what is
 * chained to them must not wait for another reply.
 */
public final class QmpClient implements AutoCloseable {

    /** The longest line that is read; the largest real replies (schema, block graph) stay well below. */
    static final int LINE_LIMIT = 16 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(QmpClient.class);

    private final JsonMapper json = JsonMapper.shared();
    private final SocketChannel channel;
    private final QmpListener listener;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> greeted = new CompletableFuture<>();
    private final CompletableFuture<QmpException> closed = new CompletableFuture<>();

    private record Pending(String command, CompletableFuture<JsonNode> reply) {}

    private QmpClient(SocketChannel channel, QmpListener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * Connect, wait for the greeting and leave capabilities negotiation behind.
     *
     * @param socket the socket that QEMU was told to make, {@code -qmp unix:SOCKET,server=on,wait=off}
     * @param timeout the longest time until QEMU answers
     * @param qemuEnded completes when the QEMU process ends; waiting makes no sense then
     * @param listener hears events from the first one on
     * @throws QmpException if QEMU ends, does not answer in time, or is not QEMU; an interrupt leaves the flag set
     */
    public static QmpClient connect(Path socket, Duration timeout, CompletionStage<?> qemuEnded, QmpListener listener)
            throws QmpException {
        long deadline = System.nanoTime() + timeout.toNanos();
        CompletableFuture<Object> ended = qemuEnded
                .<Object>handle((value, error) -> "QEMU ended (" + (error == null ? value : error) + ")")
                .toCompletableFuture();
        SocketChannel channel = QmpSocket.open(socket, deadline, timeout, ended);
        QmpClient client = new QmpClient(channel, listener);
        Thread reader = new Thread(client::read, "qmp " + socket.getFileName());
        reader.setDaemon(true);
        reader.start();
        try {
            CompletableFuture<?> ready = client.greeted.thenCompose(unused -> client.execute("qmp_capabilities"));
            var unused = CompletableFuture.anyOf(ready, ended)
                    .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (!ready.isDone()) {
                throw QmpSocket.endedEarly(ended);
            }
            return client;
        } catch (QmpException | ExecutionException | TimeoutException | InterruptedException failed) {
            client.close();
            throw handshakeFailure(failed, socket, timeout);
        }
    }

    private static QmpException handshakeFailure(Exception failed, Path socket, Duration timeout) {
        if (failed instanceof QmpException qmp) {
            return qmp;
        }
        if (failed instanceof ExecutionException && failed.getCause() instanceof QmpException cause) {
            return new QmpException("the QMP handshake on " + socket + " failed: " + cause.getMessage(), cause);
        }
        if (failed instanceof TimeoutException) {
            return QmpSocket.silent(socket, timeout);
        }
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new QmpException("the QMP handshake on " + socket + " failed: " + failed, failed);
    }

    /** Do {@link #execute(String, Map)} without arguments. */
    public CompletableFuture<JsonNode> execute(String command) {
        return execute(command, Map.of());
    }

    /**
     * Send a command and return its reply when it comes.
     *
     * @param arguments names and values as the QMP reference has them: strings, numbers, booleans, lists, maps
     * @return what the command returned; fails with {@link QmpCommandException} if QEMU refuses it and with
     *     {@link QmpException} if the connection ends first. Put a limit on the wait.
     */
    public CompletableFuture<JsonNode> execute(String command, Map<String, ?> arguments) {
        String id = "vmtest-" + ids.incrementAndGet();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("execute", command);
        if (!arguments.isEmpty()) {
            message.put("arguments", arguments);
        }
        message.put("id", id);
        byte[] line = (json.writeValueAsString(message) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        pending.put(id, new Pending(command, reply));
        try {
            write(ByteBuffer.wrap(line));
        } catch (IOException broken) {
            end(new QmpException("cannot send " + command + " to QEMU: the connection is closed", broken));
        }
        // The end of the connection may have passed between the two: whoever comes second fails the command.
        if (closed.isDone() && pending.remove(id) != null) {
            reply.completeExceptionally(closed.join());
        }
        return reply;
    }

    /** Return why the connection ended, when it ends; {@link #close()} ends it too. */
    public CompletableFuture<QmpException> closed() {
        return closed.copy();
    }

    /** Close the connection. QEMU goes on; commands without a reply fail. */
    @Override
    public void close() {
        end(new QmpException("the connection to QEMU was closed by vmtest"));
    }

    private synchronized void write(ByteBuffer line) throws IOException {
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private void read() {
        LineReader lines = new LineReader(channel, LINE_LIMIT);
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (line.length > 1) {
                    dispatch(json.readTree(line));
                }
            }
            end(new QmpException("QEMU closed its QMP connection"));
        } catch (QmpException wrong) {
            end(wrong);
        } catch (IOException broken) {
            end(new QmpException("the QMP connection broke: " + PlainTrouble.of(broken), broken));
        } catch (JacksonException garbage) {
            end(new QmpException("QEMU sent a line that cannot be read: " + PlainTrouble.of(garbage), garbage));
        }
    }

    private void dispatch(JsonNode message) throws QmpException {
        if (message.has("QMP")) {
            greeted.complete(null);
        } else if (message.path("event").isString()) {
            tell(eventOf(message));
        } else if (message.has("return") || message.has("error")) {
            answer(message);
        } else {
            throw new QmpException("QEMU sent a message of no known kind: " + excerpt(message));
        }
    }

    private void answer(JsonNode message) throws QmpException {
        Pending asked = pending.remove(message.path("id").asString(""));
        if (asked == null) {
            throw new QmpException("QEMU answered a command that was not sent: " + excerpt(message));
        }
        JsonNode error = message.get("error");
        if (error == null) {
            asked.reply.complete(message.get("return"));
        } else {
            asked.reply.completeExceptionally(new QmpCommandException(
                    asked.command,
                    error.path("class").asString(""),
                    error.path("desc").asString("")));
        }
    }

    private QmpEvent eventOf(JsonNode message) {
        JsonNode time = message.path("timestamp");
        Instant timestamp = Instant.ofEpochSecond(
                time.path("seconds").asLong(0), time.path("microseconds").asLong(0) * 1000);
        JsonNode data = message.get("data");
        return new QmpEvent(message.path("event").asString(), data == null ? json.createObjectNode() : data, timestamp);
    }

    private void tell(QmpEvent event) {
        try {
            listener.event(event);
        } catch (RuntimeException broken) {
            // One listener's mistake must not take away control of a running machine.
            LOG.error("the listener failed on QMP event {}", event, broken);
        }
    }

    private void end(QmpException reason) {
        closed.complete(reason);
        QmpException first = closed.join();
        try {
            channel.close();
        } catch (IOException ignored) {
            LOG.debug("closing the QMP socket failed", ignored);
        }
        greeted.completeExceptionally(first);
        for (String id : List.copyOf(pending.keySet())) {
            Pending left = pending.remove(id);
            if (left != null) {
                left.reply.completeExceptionally(first);
            }
        }
    }

    private static String excerpt(JsonNode message) {
        String text = message.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
