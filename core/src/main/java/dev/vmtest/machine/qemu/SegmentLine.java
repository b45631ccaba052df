package dev.vmtest.machine.qemu;

import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Segment;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold our end of the cable of one NIC: a unix socket that listens before QEMU starts, on which each frame follows its
 * length in four bytes, the highest first (QEMU, net/stream.c and net_fill_rstate of net/net.c).
 */
final class SegmentLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentLine.class);

    /** The most bytes of a frame that QEMU's network backends pass on (its NET_BUFSIZE). */
    static final int LONGEST_FRAME = 4096 + 65536;

    private final ServerSocketChannel server;
    private volatile @Nullable SocketChannel machine;

    private SegmentLine(ServerSocketChannel server) {
        this.server = server;
    }

    /**
     * Listen.
     *
     * @throws MachineException when the socket can't be made
     */
    static SegmentLine listen(Path socket) throws MachineException {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            return new SegmentLine(server);
        } catch (IOException failure) {
            throw new MachineException("cannot set up the cable of a NIC", failure);
        }
    }

    /**
     * Hand every frame to a segment from now on, until QEMU closes its end or this line is closed.
     *
     * @param name of the thread that does so
     * @param carrier lets the NIC have its carrier or lose it
     * @param signals told when this line can't go on although the machine does
     */
    void follow(String name, Segment segment, Consumer<Boolean> carrier, Consumer<Signal> signals) {
        segment.connected(new Segment.Cable() {
            @Override
            public void send(byte[] frame) {
                SegmentLine.this.send(frame);
            }

            @Override
            public void carrier(boolean isThere) {
                carrier.accept(isThere);
            }
        });
        Thread reader = new Thread(() -> read(segment, signals), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Segment segment, Consumer<Signal> signals) {
        try (SocketChannel channel = server.accept()) {
            machine = channel;
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
            while (isFilled(channel, length.clear())) {
                int size = length.getInt(0);
                if (size < 0 || size > LONGEST_FRAME) {
                    signals.accept(new Signal.Broken("QEMU sent a frame of " + size + " bytes"));
                    return;
                }
                ByteBuffer frame = ByteBuffer.allocate(size);
                if (!isFilled(channel, frame)) {
                    return;
                }
                segment.received(frame.array());
            }
        } catch (ClosedChannelException closed) {
            LOG.debug("the cable of a NIC was closed");
        } catch (IOException broken) {
            LOG.debug("the cable of a NIC broke: {}", PlainTrouble.of(broken));
        } catch (RuntimeException | Error defect) {
            LOG.error("what is at the other end of a NIC's cable failed", defect);
            signals.accept(new Signal.Unheard("what is at the other end of a NIC's cable failed: " + defect));
        } finally {
            machine = null;
        }
    }

    private static boolean isFilled(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    private synchronized void send(byte[] frame) {
        SocketChannel channel = machine;
        if (channel == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + frame.length);
        bytes.putInt(frame.length).put(frame).flip();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException gone) {
            LOG.debug("a frame came too late for the machine: {}", PlainTrouble.of(gone));
        }
    }

    /** Stop listening and end the connection. */
    @Override
    public void close() {
        try {
            server.close();
            SocketChannel channel = machine;
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failure) {
            LOG.debug("closing the cable of a NIC", failure);
        }
    }
}
