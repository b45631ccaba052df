package dev.vmtest.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Take connections, read the heads of requests and hand over those that are to be answered.
 *
 * <p>One thread reads all heads, and the bodies of those who don't know the secret, and waits for nobody: a client costs
 * a few kilobytes until its request is there.
 * There are bounds for their number, also from one address; beyond them the one that came first goes, and never the new
 * one: whoever holds connections open shuts nobody out. The JDK's own server gives a thread to each half head.
 */
final class HttpFront implements AutoCloseable {

    /** The most clients whose request is not there yet. */
    static final int MOST = 512;

    /** The most of them from one address. */
    static final int MOST_OF_ONE_ADDRESS = 256;

    /** How long a head may take, in nanoseconds: a starved guest is slow, too. */
    private static final long HEAD_TIME = 60_000_000_000L;

    /** How long a client that is refused may go on to send, in nanoseconds. */
    private static final long PARTING_TIME = 2_000_000_000L;

    /** The most bytes that are kept of requests which are not there yet. */
    private static final long MOST_ROOM = 64L << 20;

    private static final long TICK = 1_000;
    private static final int BACKLOG = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    /** Say who may ask for what, and answer. */
    interface Handler {

        /** Say who asks; returns at once. */
        Caller admit(RequestHead head);

        /** Hear that a client was refused. */
        void refused(RequestHead head, int status);

        /** Answer; called from a thread of its own. */
        void handle(Exchange exchange) throws IOException;
    }

    /** Say what a client has shown by its request. */
    enum Caller {
        /** It knows the secret. */
        TRUSTED,
        /** It may ask, but anybody may. */
        STRANGER,
        /** It has no business here. */
        NOBODY
    }

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Door door;
    private final long tick;
    private final InetSocketAddress address;
    private final Handler handler;
    private final HandlerThreads threads;
    private final Thread thread;
    private final Set<Visitor> visitors = new LinkedHashSet<>();

    private HttpFront(ServerSocketChannel server, Door.Acceptor acceptor, long tick, String name, Handler handler)
            throws IOException {
        this.server = server;
        this.selector = Selector.open();
        this.door = new Door(server, acceptor, server.register(selector, SelectionKey.OP_ACCEPT));
        this.tick = tick;
        this.address = (InetSocketAddress) server.getLocalAddress();
        this.handler = handler;
        this.threads = new HandlerThreads(name, handler, door::knock);
        this.thread = new Thread(this::serve, name + "-front");
        thread.setDaemon(true);
    }

    /**
     * Listen.
     *
     * @param name the beginning of the names of its threads
     * @throws java.net.BindException if the port is taken or the address is not this host's
     */
    static HttpFront on(InetSocketAddress wanted, String name, Handler handler) throws IOException {
        return on(wanted, name, handler, ServerSocketChannel::accept, TICK);
    }

    /**
     * Listen.
     *
     * @param acceptor how a connection is taken
     * @param tick how often to look after what is late or was refused, in milliseconds; 0 for never
     */
    static HttpFront on(InetSocketAddress wanted, String name, Handler handler, Door.Acceptor acceptor, long tick)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(wanted, BACKLOG);
            server.configureBlocking(false);
            HttpFront front = new HttpFront(server, acceptor, tick, name, handler);
            front.thread.start();
            return front;
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
    }

    /** Return where it listens. */
    InetSocketAddress address() {
        return address;
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                if (selector.select(visitors.isEmpty() && !door.isShut() ? 0 : tick) == 0) {
                    door.knock();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    attend(key);
                }
                selector.selectedKeys().clear();
                long now = System.nanoTime();
                for (Visitor visitor : List.copyOf(visitors)) {
                    if (visitor.isLate(now)) {
                        dismiss(visitor);
                    }
                }
                door.openIfKnocked();
            }
        } catch (ClosedSelectorException closed) {
            // Nobody is served any more.
        } catch (IOException broken) {
            LOG.error("the web server at {} takes no further requests", address, broken);
        }
    }

    private void attend(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                welcome();
            } else if (key.attachment() instanceof Visitor visitor) {
                hear(visitor, key);
            }
        } catch (CancelledKeyException gone) {
            // It was sent away in the same round.
        } catch (RuntimeException broken) {
            LOG.error("a request could not be taken", broken);
            if (key.attachment() instanceof Visitor visitor) {
                dismiss(visitor);
            }
        }
    }

    /** One at a time: who asks for the next one before it waits is refused for lack of a descriptor all the same. */
    private void welcome() {
        SocketChannel channel = door.next();
        if (channel != null) {
            try {
                let(channel);
            } catch (IOException gone) {
                close(channel);
            }
        }
        if (door.isShut() && !visitors.isEmpty()) {
            // Who holds the last file descriptors shuts nobody out either.
            dismiss(visitors.iterator().next());
        }
    }

    private void let(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        makeRoom(from);
        Visitor visitor = new Visitor(channel, from, System.nanoTime() + HEAD_TIME);
        channel.register(selector, SelectionKey.OP_READ, visitor);
        visitors.add(visitor);
    }

    private void makeRoom(InetAddress from) {
        List<Visitor> same = new ArrayList<>();
        for (Visitor visitor : visitors) {
            if (visitor.from().equals(from)) {
                same.add(visitor);
            }
        }
        if (same.size() >= MOST_OF_ONE_ADDRESS) {
            dismiss(same.get(0));
        } else if (visitors.size() >= MOST) {
            dismiss(visitors.iterator().next());
        }
    }

    private void hear(Visitor visitor, SelectionKey key) {
        try {
            if (!visitor.read()) {
                dismiss(visitor);
                return;
            }
            if (visitor.isParting()) {
                return;
            }
            RequestHead head = visitor.head();
            if (head != null) {
                decide(visitor, key, head);
            } else if (visitor.isFull()) {
                part(visitor, 431);
            }
        } catch (RequestHead.RefusedException nonsense) {
            part(visitor, 400);
        } catch (IOException gone) {
            dismiss(visitor);
        }
    }

    private void decide(Visitor visitor, SelectionKey key, RequestHead head) throws IOException {
        Caller caller = handler.admit(head);
        if (caller == Caller.NOBODY) {
            part(visitor, 404);
            handler.refused(head, 404);
            return;
        }
        boolean isComplete = caller == Caller.STRANGER && isShort(head);
        if (isComplete) {
            // Nobody waits for a stranger's body but this thread, which waits for nobody.
            visitor.hearBody((int) head.bodyLength());
            if (!visitor.isFull()) {
                boundRoom();
                return;
            }
        }
        key.cancel();
        visitors.remove(visitor);
        visitor.channel().configureBlocking(true);
        Exchange exchange = new Exchange(visitor.channel(), head, visitor.afterHead());
        if (caller == Caller.TRUSTED) {
            threads.handleTrusted(exchange);
        } else if (isComplete) {
            threads.handleComplete(exchange);
        } else {
            threads.handleStrange(exchange);
        }
    }

    private static boolean isShort(RequestHead head) {
        return !head.waitsToBeAsked() && head.bodyLength() >= 0 && head.bodyLength() <= PublishHandler.EVENT_LIMIT;
    }

    /** Who takes most of the room for bodies goes when there is no more. */
    private void boundRoom() {
        long room = 0;
        Visitor largest = null;
        for (Visitor visitor : visitors) {
            room += visitor.room();
            largest = largest == null || visitor.room() > largest.room() ? visitor : largest;
        }
        if (room > MOST_ROOM && largest != null) {
            dismiss(largest);
        }
    }

    private void part(Visitor visitor, int status) {
        try {
            visitor.refuse(status, Map.of(), System.nanoTime() + PARTING_TIME);
        } catch (IOException gone) {
            dismiss(visitor);
        }
    }

    private void dismiss(Visitor visitor) {
        visitors.remove(visitor);
        close(visitor.channel());
        door.knock();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            LOG.debug("closing a connection", gone);
        }
    }

    /** Stop listening, break open connections and end all threads. */
    @Override
    public void close() {
        try {
            server.close();
            selector.close();
        } catch (IOException broken) {
            LOG.debug("closing a web server", broken);
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        List.copyOf(visitors).forEach(this::dismiss);
        threads.close();
    }
}
