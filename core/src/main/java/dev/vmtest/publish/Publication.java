package dev.vmtest.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hold what is served at one path. */
sealed interface Publication {

    /** Open it for one request. */
    Source open() throws IOException;

    /** Be read once, in parts. */
    interface Source extends AutoCloseable {
        long size() throws IOException;

        /** Write at most {@code count} bytes from a position; return how many were written. */
        int write(long position, int count, OutputStream out) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Serve bytes that are kept in memory. */
    final class Bytes implements Publication {
        private final byte[] content;

        Bytes(byte[] content) {
            this.content = content.clone();
        }

        @Override
        public Source open() {
            return new Source() {
                @Override
                public long size() {
                    return content.length;
                }

                @Override
                public int write(long position, int count, OutputStream out) throws IOException {
                    int length = (int) Math.min(count, content.length - position);
                    out.write(content, (int) position, length);
                    return length;
                }

                @Override
                public void close() {
                    // Memory only.
                }
            };
        }
    }

    /** Serve a file as it is at the time of the request. */
    record File(Path path) implements Publication {
        @Override
        public Source open() throws IOException {
            SeekableByteChannel channel = Files.newByteChannel(path);
            return new Source() {
                @Override
                public long size() throws IOException {
                    return channel.size();
                }

                @Override
                public int write(long position, int count, OutputStream out) throws IOException {
                    ByteBuffer buffer = ByteBuffer.allocate(count);
                    channel.position(position);
                    int length = channel.read(buffer);
                    if (length <= 0) {
                        throw new IOException(path + " became shorter while it was served");
                    }
                    out.write(buffer.array(), 0, length);
                    return length;
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }
    }
}
