package dev.vmtest.publish;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Let connections in. Where the host gives none, because no file descriptor is left, the door is shut until there is a
 * cause to try again: a selector would say without a pause that somebody waits outside.
 *
 * <p>One thread uses it, but {@link #knock}, which all may.
 */
final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /** Take a connection that waits at a socket; null if none does (accept(2)). */
    interface Acceptor {
        @Nullable
        SocketChannel accept(ServerSocketChannel server) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Acceptor acceptor;
    private final SelectionKey key;
    private final Selector selector;
    private volatile boolean shut;
    private volatile boolean knocked;

    /**
     * Stand at a socket.
     *
     * @param key what says that somebody waits
     */
    Door(ServerSocketChannel server, Acceptor acceptor, SelectionKey key) {
        this.server = server;
        this.acceptor = acceptor;
        this.key = key;
        this.selector = key.selector();
    }

    /** Return who comes in next, or null if nobody waits or the host lets nobody in. */
    @Nullable
    SocketChannel next() {
        knocked = false;
        try {
            return acceptor.accept(server);
        } catch (IOException refused) {
            LOG.debug("a connection could not be taken", refused);
            shut = true;
            key.interestOps(0);
            return null;
        }
    }

    /** Return whether nobody is let in at the moment. */
    boolean isShut() {
        return shut;
    }

    /** Say that a file descriptor may be free again: something was closed, or time has passed. */
    void knock() {
        knocked = true;
        if (shut) {
            selector.wakeup();
        }
    }

    /** Try again if there is a cause. */
    void openIfKnocked() {
        if (shut && knocked) {
            shut = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }
}
