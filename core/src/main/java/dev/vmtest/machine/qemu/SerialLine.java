package dev.vmtest.machine.qemu;

import dev.vmtest.files.NewFile;
import dev.vmtest.machine.Console;
import dev.vmtest.machine.ConsoleTerminal;
import dev.vmtest.machine.MachineException;
import dev.vmtest.text.PlainTrouble;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold our end of a guest's serial line: a unix socket that listens before QEMU starts, and the file
 * that takes each byte as it came.
 */
final class SerialLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SerialLine.class);
    private static final int BUFFER = 16 * 1024;

    private final ServerSocketChannel server;
    private final OutputStream copy;
    private volatile @Nullable SocketChannel guest;

    private SerialLine(ServerSocketChannel server, OutputStream copy) {
        this.server = server;
        this.copy = copy;
    }

    /**
     * Listen.
     *
     * @param log the file for the bytes; an older one is replaced
     * @throws MachineException when the socket or the file can't be made
     */
    static SerialLine listen(Path socket, Path log) throws MachineException {
        try {
            OutputStream copy = new BufferedOutputStream(NewFile.stream(log));
            try {
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(UnixDomainSocketAddress.of(socket), 1);
                return new SerialLine(server, copy);
            } catch (IOException failure) {
                copy.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new MachineException("cannot set up the serial console of the machine", failure);
        }
    }

    /** Return the file for the bytes; whoever writes there flushes it. */
    OutputStream copy() {
        return copy;
    }

    /**
     * Wait for QEMU, hand everything that comes to the console and type what it wants to be typed,
     * until QEMU closes its end or this line is closed.
     *
     * @param terminal shows each piece, too, or null
     * @param sign called after each piece
     * @throws IOException when the copy can't be written
     */
    void follow(Console console, @Nullable ConsoleTerminal terminal, Runnable sign) throws IOException {
        try (SocketChannel channel = server.accept()) {
            guest = channel;
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) >= 0) {
                console.accept(buffer.array(), buffer.position());
                if (terminal != null) {
                    terminal.show(buffer.array(), buffer.position());
                }
                type(console.typed().getBytes(StandardCharsets.UTF_8));
                // A person who follows the file wants to see what the guest does now.
                copy.flush();
                buffer.clear();
                sign.run();
            }
        } finally {
            guest = null;
            console.end();
        }
    }

    /** Type into the console; where no guest is connected, nothing happens. */
    synchronized void type(byte[] bytes) throws IOException {
        SocketChannel channel = guest;
        ByteBuffer keys = ByteBuffer.wrap(bytes);
        while (channel != null && keys.hasRemaining()) {
            channel.write(keys);
        }
    }

    /** Stop listening. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            LOG.debug("closing a serial socket", failure);
        }
        try {
            copy.close();
        } catch (IOException failure) {
            LOG.warn("the end of a serial log could not be written: {}", PlainTrouble.of(failure));
        }
    }
}
