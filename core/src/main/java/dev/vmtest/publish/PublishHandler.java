package dev.vmtest.publish;

import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answer requests: look a path up, or take an event. */
final class PublishHandler implements HttpFront.Handler {

    /** The longest body of one event; an installer's log arrives in one, base64-encoded. */
    static final int EVENT_LIMIT = 16 * 1024 * 1024;

    /** The most bytes of all events together. */
    static final long EVENTS_LIMIT = 256L * 1024 * 1024;

    private static final int CHUNK = 256 * 1024;

    private final byte[] secret;
    private final String prefix;
    private final Function<String, @Nullable Publication> publications;
    private final BoundedListener listener;
    private final BoundedListener ofStrangers;
    private final ReportEventParser parser = new ReportEventParser();
    private final AtomicLong eventBytes = new AtomicLong();

    PublishHandler(String secret, Function<String, @Nullable Publication> publications, PublishListener listener) {
        this.secret = secret.getBytes(StandardCharsets.ISO_8859_1);
        this.prefix = "/" + secret + "/";
        this.publications = publications;
        this.listener = new BoundedListener(listener);
        // Bounds of their own: whoever asks in a loop without the secret must not silence the guest.
        this.ofStrangers = new BoundedListener(listener);
    }

    @Override
    public HttpFront.Caller admit(RequestHead head) {
        String path = head.path();
        int end = path.indexOf('/', 1);
        String first = end < 0 ? "" : path.substring(1, end);
        // In the same time whichever letter is wrong.
        if (MessageDigest.isEqual(first.getBytes(StandardCharsets.ISO_8859_1), secret)) {
            return HttpFront.Caller.TRUSTED;
        }
        return publications.apply(path) == null ? HttpFront.Caller.NOBODY : HttpFront.Caller.STRANGER;
    }

    @Override
    public void refused(RequestHead head, int status) {
        ofStrangers.served(relative(head.path()), status, 0);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        String path = exchange.head().path();
        if (path.startsWith(prefix + PublishServer.EVENTS)) {
            takeEvent(exchange, path);
            return;
        }
        Publication publication = publications.apply(path);
        if (publication == null) {
            refuse(exchange, path, 404, Map.of());
            return;
        }
        switch (exchange.head().method()) {
            case "GET", "HEAD" -> serve(exchange, path, publication);
            default -> refuse(exchange, path, 405, Map.of("Allow", "GET, HEAD"));
        }
    }

    private void serve(Exchange exchange, String path, Publication publication) throws IOException {
        Publication.Source opened;
        try {
            opened = publication.open();
        } catch (IOException unreadable) {
            listener.rejected(
                    "what was published as " + relative(path) + " cannot be read: " + PlainTrouble.of(unreadable));
            refuse(exchange, path, 404, Map.of());
            return;
        }
        try (Publication.Source source = opened) {
            long size = source.size();
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("Accept-Ranges", "bytes");
            fields.put("Content-Type", "application/octet-stream");
            // Nothing here has a validator, so a conditional range never matches: the whole body is the answer.
            boolean conditional = exchange.head().field("If-Range").isPresent();
            ByteRange range = conditional
                    ? null
                    : ByteRange.parse(exchange.head().field("Range").orElse(null), size);
            if (range != null && range.length() == 0) {
                fields.put("Content-Range", "bytes */" + size);
                refuse(exchange, path, 416, fields);
                return;
            }
            if (range != null) {
                fields.put(
                        "Content-Range",
                        "bytes " + range.start() + "-" + (range.start() + range.length() - 1) + "/" + size);
            }
            int status = range == null ? 200 : 206;
            send(exchange, path, status, fields, source, range == null ? new ByteRange(0, size) : range);
        }
    }

    private void send(
            Exchange exchange,
            String path,
            int status,
            Map<String, String> fields,
            Publication.Source source,
            ByteRange range)
            throws IOException {
        if (exchange.head().method().equals("HEAD") || range.length() == 0) {
            var unused = exchange.answer(status, fields, range.length());
            listener.served(relative(path), status, 0);
            return;
        }
        long sent = 0;
        try {
            OutputStream body = exchange.answer(status, fields, range.length());
            while (sent < range.length()) {
                sent += source.write(range.start() + sent, (int) Math.min(CHUNK, range.length() - sent), body);
            }
        } finally {
            listener.served(relative(path), status, sent);
        }
    }

    private void takeEvent(Exchange exchange, String path) throws IOException {
        if (!exchange.head().method().equals("POST")) {
            refuse(exchange, path, 405, Map.of("Allow", "POST"));
            return;
        }
        if (!listener.reserveEvent()) {
            refuse(exchange, path, 429, Map.of());
            return;
        }
        byte[] body = exchange.body().readNBytes(EVENT_LIMIT + 1);
        if (body.length > EVENT_LIMIT || eventBytes.addAndGet(body.length) > EVENTS_LIMIT) {
            listener.rejected("a report event is too large: more than " + EVENT_LIMIT + " bytes, or more than "
                    + EVENTS_LIMIT + " bytes of events together");
            refuse(exchange, path, 413, Map.of());
            return;
        }
        try {
            listener.reported(parser.parse(body));
        } catch (ReportEventParser.BadEventException bad) {
            listener.rejected("a report event is refused: " + bad.getMessage());
            exchange.answer(400, bad.getMessage() + "\n");
            listener.served(relative(path), 400, 0);
            return;
        }
        exchange.answer(200, "taken\n");
    }

    private void refuse(Exchange exchange, String path, int status, Map<String, String> fields) throws IOException {
        exchange.answer(status, fields);
        listener.served(relative(path), status, 0);
    }

    private String relative(String path) {
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
}
