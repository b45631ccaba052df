package dev.vmtest.publish;

import java.io.IOException;
import java.net.InetSocketAddress;
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

    /** Hear what arrived, once it is answered. Called by one thread at a time. */
    public interface Listener {

        /** Take a body that was posted. */
        void posted(String path, JsonNode body);

        /** Take note of a request that carried nothing. */
        void asked(String method, String path);

        /** Take note of a request that was refused. */
        void refused(String method, String path, String reason);
    }

    private static final int LONGEST_PATH = 300;

    private final HttpFront front;
    private final Listener listener;

    private WebhookServer(InetSocketAddress address, Listener listener) throws IOException {
        this.listener = listener;
        this.front = HttpFront.on(address, "webhooks", new HttpFront.Handler() {
            @Override
            public HttpFront.Caller admit(RequestHead head) {
                return HttpFront.Caller.STRANGER;
            }

            @Override
            public void refused(RequestHead head, int status) {
                // Nobody is turned away before it is heard.
            }

            @Override
            public void handle(Exchange exchange) throws IOException {
                WebhookServer.this.handle(exchange);
            }
        });
    }

    /**
     * Listen.
     *
     * @param address where; port 0 is any free one
     * @throws IOException if nobody can listen there
     */
    public static WebhookServer on(InetSocketAddress address, Listener listener) throws IOException {
        return new WebhookServer(address, listener);
    }

    /** Return where it listens. */
    public InetSocketAddress address() {
        return front.address();
    }

    private void handle(Exchange exchange) throws IOException {
        String method = exchange.head().method();
        String path = path(exchange);
        switch (method) {
            case "GET", "HEAD" -> {
                exchange.answer(200, "content of " + path + "\n");
                tell(() -> listener.asked(method, path));
            }
            case "POST" -> take(exchange, path);
            default -> refuse(exchange, path, 405, "only GET and POST are answered");
        }
    }

    /** What is told has an order, though several are heard. */
    private synchronized void tell(Runnable call) {
        call.run();
    }

    private void take(Exchange exchange, String path) throws IOException {
        byte[] body = exchange.body().readNBytes(PublishHandler.EVENT_LIMIT + 1);
        if (body.length > PublishHandler.EVENT_LIMIT) {
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
        exchange.answer(200, "taken\n");
        tell(() -> listener.posted(path, posted));
    }

    private void refuse(Exchange exchange, String path, int status, String reason) throws IOException {
        exchange.answer(status, reason + "\n");
        tell(() -> listener.refused(exchange.head().method(), path, reason));
    }

    private static String path(Exchange exchange) {
        String raw = exchange.head().path();
        return raw.length() <= LONGEST_PATH ? raw : raw.substring(0, LONGEST_PATH) + "…";
    }

    /** Stop listening. */
    @Override
    public void close() {
        front.close();
    }
}
