package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lets the host refuse connections as one does that has no file descriptor left. */
@Timeout(60)
final class NoDescriptorTests {

    private static final long NEVER = 0;

    private final List<SocketChannel> taken = new CopyOnWriteArrayList<>();
    private final List<Long> refused = new CopyOnWriteArrayList<>();
    private final List<RequestHead> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new ArrayList<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private @Nullable HttpFront front;

    @AfterEach
    void close() throws IOException {
        mayAnswer.countDown();
        for (Socket client : clients) {
            client.close();
        }
        if (front != null) {
            front.close();
        }
    }

    private HttpFront listen(Predicate<List<SocketChannel>> isFull, long tick) throws IOException {
        HttpFront.Handler handler = new HttpFront.Handler() {
            @Override
            public HttpFront.Caller admit(RequestHead head) {
                return HttpFront.Caller.TRUSTED;
            }

            @Override
            public void refused(RequestHead head, int status) {}

            @Override
            public void handle(Exchange exchange) throws IOException {
                asked.add(exchange.head());
                try {
                    mayAnswer.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                exchange.answer(204, Map.of());
            }
        };
        Door.Acceptor acceptor = server -> accept(server, isFull);
        HttpFront listening = HttpFront.on(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test", handler, acceptor, tick);
        front = listening;
        return listening;
    }

    private @Nullable SocketChannel accept(ServerSocketChannel server, Predicate<List<SocketChannel>> isFull)
            throws IOException {
        if (isFull.test(taken)) {
            refused.add(System.nanoTime());
            throw new IOException("Too many open files");
        }
        SocketChannel channel = server.accept();
        if (channel != null) {
            taken.add(channel);
        }
        return channel;
    }

    private static boolean anyIsOpen(List<SocketChannel> channels) {
        return channels.stream().anyMatch(SocketChannel::isOpen);
    }

    private Socket connect(HttpFront server, String sent) throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.connect(server.address());
        Requests.send(client, sent);
        return client;
    }

    @Test
    void itTriesAgainAtTimesAndNotWithoutAPause() throws Exception {
        long tick = 100;
        HttpFront server = listen(channels -> true, tick);
        connect(server, "");

        await().until(() -> refused.size() >= 4);

        assertThat(TimeUnit.NANOSECONDS.toMillis(refused.get(3) - refused.get(0)))
                .as("milliseconds of three pauses")
                .isGreaterThanOrEqualTo(3 * tick - 10);
    }

    @Test
    void anAnswerThatEndsIsACauseToTryAgain() throws Exception {
        HttpFront server = listen(NoDescriptorTests::anyIsOpen, NEVER);
        connect(server, "GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
        await().until(() -> !asked.isEmpty());
        Socket second = connect(server, "GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
        await().until(() -> !refused.isEmpty());

        mayAnswer.countDown();
        clients.get(0).close();

        assertThat(second.getInputStream().read())
                .as("the first letter of the answer")
                .isEqualTo('H');
    }

    @Test
    void whoHoldsTheLastDescriptorGoes() throws Exception {
        HttpFront server = listen(NoDescriptorTests::anyIsOpen, NEVER);
        Socket held = connect(server, "GET /half");
        await().until(() -> !taken.isEmpty());
        mayAnswer.countDown();

        Socket second = connect(server, "GET /second HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(second.getInputStream().read())
                .as("the first letter of the answer")
                .isEqualTo('H');
        assertThat(held.isClosed()).isFalse();
        assertThat(held.getInputStream().read())
                .as("the end of the one that was held")
                .isEqualTo(-1);
    }
}
