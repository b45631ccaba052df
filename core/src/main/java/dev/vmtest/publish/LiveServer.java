package dev.vmtest.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Show pages to browsers and tell them what changes, by server-sent events (HTML Living Standard, section 9.2).
 *
 * <p>Everything lies below a path segment that only who started it knows: other users of this host reach loopback as
 * well. A {@code Host} that is a name is refused, but {@code localhost} and the name that was asked for: a page of
 * somebody else's whose name leads to this address afterwards (DNS rebinding) reads nothing.
 */
public final class LiveServer implements AutoCloseable {

    /** The path, below the secret, of what changes. */
    public static final String EVENTS = "events";

    /** An address as a browser writes it, with or without a port: no name server has a say in it. */
    private static final Pattern ADDRESS = Pattern.compile("(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+])");

    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::[0-9]{1,5})?");

    /** Hold the answer to a request: a text, and what kind of text it is. */
    public record Page(String type, String text) {}

    /** Say what there is to show. Called by several threads. */
    public interface Source {

        /**
         * Return what is at a path below the secret, as it was sent; empty if nothing is.
         *
         * @throws IOException if it cannot be read, which is told as if it was not there
         */
        Optional<Page> page(String path) throws IOException;

        /** Return what brings somebody up to date who knew nothing before. */
        List<LiveChange> current();
    }

    private final HttpFront front;
    private final byte[] secret;
    private final String prefix;
    private final Set<String> names;
    private final Source source;
    private final LiveListeners listeners = new LiveListeners();

    private LiveServer(InetSocketAddress wanted, String secret, Source source) throws IOException {
        this.secret = secret.getBytes(StandardCharsets.ISO_8859_1);
        this.prefix = "/" + secret + "/";
        this.names = new HashSet<>(List.of("localhost", wanted.getHostString().toLowerCase(Locale.ROOT)));
        this.source = source;
        this.front = HttpFront.on(wanted, "live", new Requests());
    }

    /**
     * Listen.
     *
     * @param address where; port 0 is any free one
     * @param secret the path segment, see {@link PublishServer#newSecret}
     * @throws IOException if nobody can listen there
     */
    public static LiveServer on(InetSocketAddress address, String secret, Source source) throws IOException {
        return new LiveServer(address, secret, source);
    }

    /** Return the address of the first page. */
    public String url() {
        InetSocketAddress address = front.address();
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host) + ":"
                + address.getPort() + prefix;
    }

    /** Tell everybody who listens what has changed. */
    public void tell(List<LiveChange> changes) {
        listeners.tell(changes);
    }

    /** Stop listening, break open connections and end all threads. */
    @Override
    public void close() {
        front.close();
    }

    private final class Requests implements HttpFront.Handler {

        @Override
        public HttpFront.Caller admit(RequestHead head) {
            String path = head.path();
            int end = path.indexOf('/', 1);
            String first = end < 0 ? "" : path.substring(1, end);
            // In the same time whichever letter is wrong.
            boolean knows = MessageDigest.isEqual(first.getBytes(StandardCharsets.ISO_8859_1), secret);
            return knows && isOurs(head.field("Host").orElse("")) ? HttpFront.Caller.TRUSTED : HttpFront.Caller.NOBODY;
        }

        private boolean isOurs(String host) {
            var parts = HOST.matcher(host);
            return parts.matches()
                    && (names.contains(parts.group(1).toLowerCase(Locale.ROOT))
                            || ADDRESS.matcher(parts.group(1)).matches());
        }

        @Override
        public void refused(RequestHead head, int status) {
            // Whoever asks here without the secret gets no place in what is told.
        }

        @Override
        public void handle(Exchange exchange) throws IOException {
            String method = exchange.head().method();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.answer(405, Map.of("Allow", "GET, HEAD"));
                return;
            }
            String path = exchange.head().path().substring(prefix.length());
            if (path.equals(EVENTS) && method.equals("GET")) {
                listeners.serve(exchange, fields("text/event-stream"), source);
                return;
            }
            Optional<Page> page = found(path);
            if (page.isEmpty()) {
                exchange.answer(404, "nothing of the run has this address\n");
                return;
            }
            byte[] content = page.get().text().getBytes(StandardCharsets.UTF_8);
            OutputStream answer = exchange.answer(200, fields(page.get().type()), content.length);
            if (method.equals("GET")) {
                answer.write(content);
            }
        }

        private Optional<Page> found(String path) {
            try {
                return source.page(path);
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
    }

    private static Map<String, String> fields(String type) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", type);
        fields.put("Cache-Control", "no-store");
        fields.put("X-Content-Type-Options", "nosniff");
        fields.put("Referrer-Policy", "no-referrer");
        fields.put("Cross-Origin-Resource-Policy", "same-origin");
        // A page says itself which script is its own; a log or a drawing that is opened by itself runs none.
        fields.put(
                "Content-Security-Policy",
                type.startsWith("text/html")
                        ? "frame-ancestors 'none'"
                        : "default-src 'none'; style-src 'unsafe-inline'");
        return fields;
    }
}
