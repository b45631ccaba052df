package dev.vmtest.machine.qemu;

import dev.vmtest.machine.AgentSilentException;
import dev.vmtest.machine.MachineException;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speak with the agent in a guest, a line at a time, over a virtio-serial port that QEMU connects to a
 * unix socket of ours.
 *
 * <p>The guest is not trusted: lines that are too long are cut, and of more lines than anyone waits
 * for, the last are dropped.
 */
final class AgentLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLine.class);
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 16;

    /** What the queue holds, last and for ever, when nothing more will come; there is always room for it. */
    private static final String END = "\0";

    private final ServerSocketChannel server;
    private final CompletableFuture<SocketChannel> connected = new CompletableFuture<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES + 1);

    private AgentLine(ServerSocketChannel server) {
        this.server = server;
    }

    /**
     * Listen.
     *
     * @throws MachineException when the socket can't be made
     */
    static AgentLine listen(Path socket) throws MachineException {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            AgentLine line = new AgentLine(server);
            Thread reader = new Thread(line::follow, "agent");
            reader.setDaemon(true);
            reader.start();
            return line;
        } catch (IOException failure) {
            throw new MachineException("cannot set up the line to the machine's agent", failure);
        }
    }

    /**
     * Return the next line of the agent.
     *
     * @throws MachineException when QEMU has closed the line
     * @throws AgentSilentException when none comes in time
     */
    String await(Duration patience) throws MachineException {
        try {
            String line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AgentSilentException(
                        "the machine's agent said nothing within " + patience.toSeconds() + " s");
            }
            if (line.equals(END)) {
                lines.put(END);
                throw new MachineException("QEMU ended before the machine's agent answered");
            }
            return line;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted while waiting for the machine's agent", interrupted);
        }
    }

    /**
     * Send a line.
     *
     * @throws MachineException when it can't be sent
     */
    void send(String text, Duration patience) throws MachineException {
        try {
            SocketChannel channel = connected.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted while speaking to the machine's agent", interrupted);
        } catch (IOException | ExecutionException | TimeoutException failure) {
            throw new MachineException("the machine's agent cannot be spoken to", failure);
        }
    }

    private void follow() {
        try (SocketChannel channel = server.accept()) {
            connected.complete(channel);
            ByteBuffer buffer = ByteBuffer.allocate(LONGEST_LINE);
            StringBuilder line = new StringBuilder();
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    take(line, (char) (buffer.get() & 0xff));
                }
                buffer.clear();
            }
        } catch (IOException closed) {
            LOG.debug("the line to the agent is closed", closed);
            connected.completeExceptionally(closed);
        } finally {
            lines.add(END);
        }
    }

    private void take(StringBuilder line, char next) {
        if (next != '\n') {
            if (line.length() < LONGEST_LINE) {
                line.append(next);
            }
            return;
        }
        // Only this thread adds lines, so that the last place stays free.
        if (lines.size() < MOST_LINES) {
            lines.add(Printable.console(line.toString()));
        }
        line.setLength(0);
    }

    /** Stop listening and end the connection. */
    @Override
    public void close() {
        try {
            server.close();
            SocketChannel channel = connected.getNow(null);
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failure) {
            LOG.debug("closing the line to an agent", failure);
        }
    }
}
