package dev.vmtest.publish;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Read the body of a request and nothing after it (RFC 9112, sections 6 and 7.1). */
final class RequestBody extends InputStream {

    private static final int LONGEST_CHUNK_LINE = 1024;

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean ended;

    /**
     * Read a body.
     *
     * @param in begins with the body
     * @param length its bytes, or -1 if it comes in chunks
     */
    RequestBody(InputStream in, long length) {
        this.in = in;
        this.chunked = length < 0;
        this.left = Math.max(0, length);
        this.ended = length == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (left == 0 && chunked && !ended) {
            nextChunk();
        }
        if (left == 0 || ended) {
            return -1;
        }
        int length = in.read(buffer, offset, (int) Math.min(count, left));
        if (length < 0) {
            throw new EOFException("the connection ended within the body of a request");
        }
        left -= length;
        if (left == 0) {
            if (chunked) {
                requireEmptyLine();
            } else {
                ended = true;
            }
        }
        return length;
    }

    /** Return whether nothing of it is left. */
    boolean isRead() {
        return ended;
    }

    private void nextChunk() throws IOException {
        String size = line().replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new IOException("a chunk without its size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            // What trails is read up to its empty line, and means nothing here.
            int fields = 0;
            while (!line().isEmpty()) {
                if (++fields > LONGEST_CHUNK_LINE) {
                    throw new IOException("no end of the fields after a body");
                }
            }
            ended = true;
        }
    }

    private void requireEmptyLine() throws IOException {
        if (!line().isEmpty()) {
            throw new IOException("a chunk is longer than it says");
        }
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || text.length() >= LONGEST_CHUNK_LINE) {
                throw new EOFException("no end of a line within the body of a request");
            }
            text.append((char) next);
        }
        return text.toString().replaceFirst("\r$", "");
    }
}
