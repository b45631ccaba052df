package dev.vmtest.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** Have a server and send it requests, also such as no well-behaved client would send. */
final class Requests implements AutoCloseable {

    static final String SECRET = PublishServer.newSecret(new Random(7));

    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final RecordingListener told = new RecordingListener();
    final PublishServer server;

    Requests() {
        try {
            server = PublishServer.onLoopback(SECRET, told);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    HttpResponse<String> get(String url) throws Exception {
        return client.send(request(url).build(), BodyHandlers.ofString());
    }

    int post(String body) throws Exception {
        return client.send(
                        request(server.urlFromHost("events/"))
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
    }

    /** Send a request that no well-behaved client would send; return what comes back. */
    String raw(String requestLine) throws IOException {
        try (Socket socket = connect()) {
            send(socket, requestLine + "\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
