package dev.vmtest.archive;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Count what is read, note the end, and stop reading beyond an allowance, which is remembered. */
final class MeteredInputStream extends FilterInputStream {

    /** Say that the allowance is used up. */
    static final class AllowanceException extends IOException {
        private AllowanceException() {
            super("allowance used up");
        }
    }

    private long position;
    private long end = Long.MAX_VALUE;
    private long begin;
    private boolean ended;
    private final ByteArrayOutputStream allowed = new ByteArrayOutputStream();

    MeteredInputStream(InputStream in) {
        super(in);
    }

    /** Allow this many more bytes from here, and remember them. */
    void allow(long bytes) {
        end = position + bytes;
        begin = position;
        allowed.reset();
    }

    void allowAll() {
        end = Long.MAX_VALUE;
    }

    /** Return what was read of the last allowance from a position on. */
    byte[] allowedFrom(long from) {
        byte[] read = allowed.toByteArray();
        int skipped = (int) Math.max(0, Math.min(read.length, from - begin));
        return Arrays.copyOfRange(read, skipped, read.length);
    }

    long position() {
        return position;
    }

    /** Say whether somebody tried to read beyond the end. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length > 0 && position >= end) {
            throw new AllowanceException();
        }
        int count = super.read(buffer, offset, (int) Math.min(length, end - position));
        if (count > 0) {
            position += count;
            if (end != Long.MAX_VALUE) {
                allowed.write(buffer, offset, count);
            }
        } else if (count < 0) {
            ended = true;
        }
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        // By reading: a file lets one skip beyond its end, which would hide that an archive is cut off.
        byte[] buffer = new byte[(int) Math.max(1, Math.min(bytes, 64 * 1024))];
        long left = bytes;
        while (left > 0) {
            int count = read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return bytes - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
