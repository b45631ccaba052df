package dev.vmtest.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A stream to a terminal that lets through only {@link Printable#text}, whoever writes to it and however. Safe for use by
 * several threads, as any {@link PrintStream}.
 */
public final class PrintableStream extends PrintStream {

    private PrintableStream(PrintStream target) {
        super(new Filter(target), false, StandardCharsets.UTF_8);
    }

    /** Return a stream in front of another one, which stays open and decides how characters are encoded. */
    public static PrintStream over(PrintStream target) {
        return new PrintableStream(target);
    }

    private static final class Filter extends OutputStream {

        private static final int LONGEST_CHARACTER = 4;

        private final PrintStream target;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] begun = {};

        Filter(PrintStream target) {
            this.target = target;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        /** The bytes of a character may come in two calls; its beginning waits for its end. */
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            ByteBuffer in = ByteBuffer.allocate(begun.length + length);
            in.put(begun).put(bytes, offset, length).flip();
            CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
            decoder.decode(in, out, false);
            begun = new byte[in.remaining()];
            in.get(begun);
            target.print(Printable.text(out.flip().toString()));
        }

        /** A stream that cannot be written any more says so where it is asked, in {@link PrintStream#checkError}. */
        @Override
        public void flush() throws IOException {
            if (target.checkError()) {
                throw new IOException("nobody reads this stream any more");
            }
        }
    }
}
