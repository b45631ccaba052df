package dev.vmtest.qmp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** Cut a stream of bytes into lines of bounded length. */
final class LineReader {

    private final ReadableByteChannel channel;
    private final int limit;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).limit(0);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineReader(ReadableByteChannel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /**
     * Return the next line without its end, or null at the end of the stream. A last line without an end is dropped: it
     * was cut off.
     */
    byte @Nullable [] next() throws IOException, QmpException {
        line.reset();
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = channel.read(buffer);
                buffer.flip();
                if (count < 0) {
                    return null;
                }
            }
            int start = buffer.position();
            int end = start;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            line.write(buffer.array(), start, end - start);
            if (line.size() > limit) {
                throw new QmpException("QEMU sent a line of more than " + limit + " bytes");
            }
            if (end < buffer.limit()) {
                buffer.position(end + 1);
                return line.toByteArray();
            }
            buffer.position(end);
        }
    }
}
