package dev.vmtest.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receive what any installer reports, outside of a run, and tell it one after the other.
 *
 * <p>A POST with a JSON body of up to {@value PublishHandler#EVENT_LIMIT} bytes is taken at every path; a GET is
 * answered with a line that names the path. Everything else is refused.
 */
public final class WebhookServer implements AutoCloseable {

    /** Hear what arrived, once it is answered. Called from one thread. */
    public interface Listener {

        /** Take a body that was posted. */
        void posted(String path, JsonNode body);

        /** Take note of a request that carried nothing. */
        void asked(String method, String path);

        /** Take note of a request that was refused. */
        void refused(String method, String path, String reason);
    }

    private static final int LONGEST_PATH = 300;

    private final HttpServer server;
    private final ExecutorService executor;
    private final Listener listener;

    private WebhookServer(HttpServer server, Listener listener) {
        this.server = server;
        this.listener = listener;
        // One thread: what is told has an order, and whoever posts in a loop fills no memory.
        this.executor = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "webhooks");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /**
     * Listen.
     *
     * @param address where; port 0 is any free one
     * @throws IOException if nobody can listen there
     */
    public static WebhookServer on(InetSocketAddress address, Listener listener) throws IOException {
        WebhookServer server = new WebhookServer(HttpServer.create(address, 0), listener);
        server.server.start();
        return server;
    }

    /** Return where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = path(exchange);
            switch (method) {
                case "GET", "HEAD" -> {
                    answer(exchange, 200, "content of " + path + "\n");
                    listener.asked(method, path);
                }
                case "POST" -> take(exchange, path);
                default -> refuse(exchange, path, 405, "only GET and POST are answered");
            }
        }
    }

    private void take(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(PublishHandler.EVENT_LIMIT + 1);
        if (body.length > PublishHandler.EVENT_LIMIT) {
            // Who is still sending does not hear the answer; some patience is worth that.
            var unused = exchange.getRequestBody().skip(PublishHandler.EVENT_LIMIT);
            refuse(exchange, path, 413, "the body has more than " + PublishHandler.EVENT_LIMIT + " bytes");
            return;
        }
        JsonNode posted;
        try {
            posted = JsonMapper.shared().readTree(body);
        } catch (JacksonException garbage) {
            refuse(exchange, path, 400, "the body is not JSON: " + garbage.getOriginalMessage());
            return;
        }
        if (posted.isMissingNode()) {
            refuse(exchange, path, 400, "the body is empty");
            return;
        }
        answer(exchange, 200, "taken\n");
        listener.posted(path, posted);
    }

    private void refuse(HttpExchange exchange, String path, int status, String reason) throws IOException {
        answer(exchange, status, reason + "\n");
        listener.refused(exchange.getRequestMethod(), path, reason);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().close();
        }
    }

    private static String path(HttpExchange exchange) {
        String raw = String.valueOf(exchange.getRequestURI().getRawPath());
        return raw.length() <= LONGEST_PATH ? raw : raw.substring(0, LONGEST_PATH) + "…";
    }

    /** Stop listening. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
