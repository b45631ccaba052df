package dev.vmtest.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keep those who hear what changes, so many and no more. Who does not listen fast enough is left, and begins again with what
 * is then true: a browser does so by itself.
 */
final class LiveListeners {

    /** The most that hear at a time; each holds a thread. */
    static final int MOST = 16;

    /** The most changes, of about a few hundred bytes, that wait for a slow one. */
    static final int MOST_WAITING = 4_096;

    /** After so long without a change a line without meaning shows whether somebody is still there, in seconds. */
    private static final long SILENCE = 10;

    private final Set<Listener> listeners = new LinkedHashSet<>();

    private record Listener(Exchange exchange, BlockingQueue<LiveChange> waiting) {}

    /** Let one hear until it goes. */
    void serve(Exchange exchange, Map<String, String> fields, LiveServer.Source source) throws IOException {
        Listener listener = new Listener(exchange, new LinkedBlockingQueue<>(MOST_WAITING));
        if (!enter(listener)) {
            exchange.answer(429, "already " + MOST + " pages follow this run; close one\n");
            return;
        }
        try {
            OutputStream out = exchange.answerOpen(200, fields);
            // What is told twice is true twice: a change says what is, not what became of what.
            write(out, source.current());
            for (; ; ) {
                @Nullable LiveChange change = listener.waiting().poll(SILENCE, TimeUnit.SECONDS);
                write(out, change == null ? List.of() : List.of(change));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            leave(listener);
        }
    }

    private static void write(OutputStream out, List<LiveChange> changes) throws IOException {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append(change.line()));
        out.write((text.isEmpty() ? ":\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
    }

    /** Tell all. */
    synchronized void tell(List<LiveChange> changes) {
        for (Listener listener : List.copyOf(listeners)) {
            for (LiveChange change : changes) {
                if (!listener.waiting().offer(change)) {
                    listeners.remove(listener);
                    listener.exchange().abort();
                    break;
                }
            }
        }
    }

    private synchronized boolean enter(Listener listener) {
        return listeners.size() < MOST && listeners.add(listener);
    }

    private synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }
}
