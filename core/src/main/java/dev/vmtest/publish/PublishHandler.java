package dev.vmtest.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answer requests: look a path up, or take an event. */
final class PublishHandler implements HttpHandler {

    /** The longest body of one event; an installer's log arrives in one, base64-encoded. */
    static final int EVENT_LIMIT = 16 * 1024 * 1024;

    /** The most bytes of all events together. */
    static final long EVENTS_LIMIT = 256L * 1024 * 1024;

    private static final int CHUNK = 256 * 1024;

    private final String prefix;
    private final Function<String, @Nullable Publication> publications;
    private final BoundedListener listener;
    private final ReportEventParser parser = new ReportEventParser();
    private final AtomicLong eventBytes = new AtomicLong();

    PublishHandler(String secret, Function<String, @Nullable Publication> publications, BoundedListener listener) {
        this.prefix = "/" + secret + "/";
        this.publications = publications;
        this.listener = listener;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // The raw form: nothing is decoded, so nothing can be smuggled in encoded.
            String rawPath = exchange.getRequestURI().getRawPath();
            String path = rawPath == null ? "" : rawPath;
            if (path.startsWith(prefix + PublishServer.EVENTS)) {
                takeEvent(exchange, path);
                return;
            }
            Publication publication = publications.apply(path);
            if (publication == null) {
                refuse(exchange, path, 404);
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> serve(exchange, path, publication);
                default -> {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    refuse(exchange, path, 405);
                }
            }
        }
    }

    private void serve(HttpExchange exchange, String path, Publication publication) throws IOException {
        Publication.Source opened;
        try {
            opened = publication.open();
        } catch (IOException unreadable) {
            listener.rejected("what was published as " + relative(path) + " cannot be read: " + unreadable);
            refuse(exchange, path, 404);
            return;
        }
        try (Publication.Source source = opened) {
            long size = source.size();
            var answer = exchange.getResponseHeaders();
            answer.set("Accept-Ranges", "bytes");
            answer.set("Content-Type", "application/octet-stream");
            // Nothing here has a validator, so a conditional range never matches: the whole body is the answer.
            boolean conditional = exchange.getRequestHeaders().containsKey("If-Range");
            ByteRange range = conditional
                    ? null
                    : ByteRange.parse(exchange.getRequestHeaders().getFirst("Range"), size);
            if (range != null && range.length() == 0) {
                answer.set("Content-Range", "bytes */" + size);
                refuse(exchange, path, 416);
                return;
            }
            if (range != null) {
                answer.set(
                        "Content-Range",
                        "bytes " + range.start() + "-" + (range.start() + range.length() - 1) + "/" + size);
            }
            int status = range == null ? 200 : 206;
            send(exchange, path, status, source, range == null ? new ByteRange(0, size) : range);
        }
    }

    private void send(HttpExchange exchange, String path, int status, Publication.Source source, ByteRange range)
            throws IOException {
        if (exchange.getRequestMethod().equals("HEAD") || range.length() == 0) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(range.length()));
            exchange.sendResponseHeaders(status, -1);
            listener.served(relative(path), status, 0);
            return;
        }
        long sent = 0;
        try {
            exchange.sendResponseHeaders(status, range.length());
            OutputStream body = exchange.getResponseBody();
            while (sent < range.length()) {
                sent += source.write(range.start() + sent, (int) Math.min(CHUNK, range.length() - sent), body);
            }
            body.close();
        } finally {
            listener.served(relative(path), status, sent);
        }
    }

    private void takeEvent(HttpExchange exchange, String path) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            refuse(exchange, path, 405);
            return;
        }
        if (!listener.reserveEvent()) {
            refuse(exchange, path, 429);
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(EVENT_LIMIT + 1);
        if (body.length > EVENT_LIMIT || eventBytes.addAndGet(body.length) > EVENTS_LIMIT) {
            listener.rejected("a report event is too large: more than " + EVENT_LIMIT + " bytes, or more than "
                    + EVENTS_LIMIT + " bytes of events together");
            refuse(exchange, path, 413);
            return;
        }
        try {
            listener.reported(parser.parse(body));
        } catch (ReportEventParser.BadEventException bad) {
            listener.rejected("a report event is refused: " + bad.getMessage());
            answer(exchange, 400, bad.getMessage() + "\n");
            listener.served(relative(path), 400, 0);
            return;
        }
        answer(exchange, 200, "taken\n");
    }

    private void refuse(HttpExchange exchange, String path, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        listener.served(relative(path), status, 0);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private String relative(String path) {
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
}
