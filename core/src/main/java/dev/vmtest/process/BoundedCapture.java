package dev.vmtest.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Read a stream to its end on a thread of its own and keep what it said, up to a limit. */
final class BoundedCapture {

    /** Say that the limit was passed. */
    static final class Overflow extends RuntimeException {
        private Overflow() {
            super("more output than is kept");
        }
    }

    private final InputStream stream;
    private final int limit;
    private final CompletableFuture<String> text = new CompletableFuture<>();

    private BoundedCapture(InputStream stream, int limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /** Start reading. The future fails with {@link Overflow} as soon as there are more bytes than the limit. */
    static CompletableFuture<String> start(InputStream stream, int limit, String threadName) {
        BoundedCapture capture = new BoundedCapture(stream, limit);
        Thread thread = new Thread(capture::read, threadName);
        thread.setDaemon(true);
        thread.start();
        return capture.text;
    }

    private void read() {
        try {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                if (kept.size() + count > limit) {
                    text.completeExceptionally(new Overflow());
                    return;
                }
                kept.write(buffer, 0, count);
            }
            text.complete(kept.toString(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            text.completeExceptionally(new UncheckedIOException(broken));
        }
    }
}
