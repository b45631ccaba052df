package dev.vmtest.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Be a client whose request is not there yet, or one that is refused and may leave. Confined to the front's thread. */
final class Visitor {

    private static final int FIRST_ROOM = 512;

    /** The most bytes that are thrown away for one that is refused. */
    private static final long PATIENCE = 1 << 20;

    private final SocketChannel channel;
    private final InetAddress from;
    private ByteBuffer heard = ByteBuffer.allocate(FIRST_ROOM);
    private int most = RequestHead.LIMIT;
    private int headLength;
    private @Nullable RequestHead head;
    private long deadline;
    private boolean parting;
    private long thrownAway;

    /**
     * Meet a client.
     *
     * @param deadline when it must have said its head, by {@link System#nanoTime}
     */
    Visitor(SocketChannel channel, InetAddress from, long deadline) {
        this.channel = channel;
        this.from = from;
        this.deadline = deadline;
    }

    SocketChannel channel() {
        return channel;
    }

    InetAddress from() {
        return from;
    }

    boolean isLate(long now) {
        return now - deadline > 0;
    }

    boolean isParting() {
        return parting;
    }

    /** Read what is there; return false if nothing more comes, or too much. */
    boolean read() throws IOException {
        if (parting) {
            heard.clear();
            int length = channel.read(heard);
            thrownAway += Math.max(0, length);
            return length >= 0 && thrownAway <= PATIENCE;
        }
        if (!heard.hasRemaining()) {
            heard.flip();
            heard = ByteBuffer.allocate(Math.min(most, heard.capacity() * 2)).put(heard);
        }
        return channel.read(heard) >= 0;
    }

    /**
     * Return the head once it is there, or null.
     *
     * @throws RequestHead.RefusedException if it is none
     */
    @Nullable
    RequestHead head() throws RequestHead.RefusedException {
        if (head == null) {
            headLength = RequestHead.length(heard.array(), heard.position());
            head = headLength == 0 ? null : RequestHead.parse(heard.array(), headLength);
        }
        return head;
    }

    /** Return whether there is no room for more. */
    boolean isFull() {
        return heard.position() >= most;
    }

    /** Go on to hear the body as well. */
    void hearBody(int length) {
        most = headLength + length;
    }

    /** Return how many bytes are kept for it. */
    int room() {
        return heard.capacity();
    }

    /** Return what came after the head. */
    byte[] afterHead() {
        return Arrays.copyOfRange(heard.array(), headLength, heard.position());
    }

    /** Answer without a body and let the client leave. */
    void refuse(int status, Map<String, String> fields, long leaveBy) throws IOException {
        parting = true;
        deadline = leaveBy;
        // A new connection has room for these few bytes; whoever made none does not hear them.
        channel.write(ByteBuffer.wrap(Exchange.answerHead(status, fields, 0)));
        channel.shutdownOutput();
    }
}
