package dev.vmtest.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answer requests whose heads are known. Those who know the secret and strangers have threads of their own. Of strangers
 * whose bodies must be waited for, a new one gets the place of the one who has held it longest.
 */
final class HandlerThreads implements AutoCloseable {

    private static final int FOR_TRUSTED = 64;
    private static final int FOR_STRANGERS = 32;

    /** The most strangers whose bodies are waited for: those that don't say how long they are. */
    private static final int STRANGE = 16;

    /** The most requests with the secret that wait for a thread: a guest in a loop must not fill the host. */
    private static final int WAITING = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(HandlerThreads.class);

    private final HttpFront.Handler handler;
    private final Runnable closed;
    private final ThreadPoolExecutor trusted;
    private final ThreadPoolExecutor strangers;
    private final Set<Exchange> open = new LinkedHashSet<>();
    private final Set<Exchange> strange = new LinkedHashSet<>();

    /**
     * Answer requests.
     *
     * @param closed hears of each connection that was closed
     */
    HandlerThreads(String name, HttpFront.Handler handler, Runnable closed) {
        this.handler = handler;
        this.closed = closed;
        this.trusted = threads(name + "-", FOR_TRUSTED, WAITING);
        this.strangers = threads(name + "-stranger-", FOR_STRANGERS, WAITING);
    }

    private static ThreadPoolExecutor threads(String name, int most, int waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), work -> {
                    Thread thread = new Thread(work, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Answer a request with the secret. */
    void handleTrusted(Exchange exchange) {
        remember(exchange);
        handle(exchange, trusted);
    }

    /** Answer a stranger's request that is there as a whole. */
    void handleComplete(Exchange exchange) {
        remember(exchange);
        handle(exchange, strangers);
    }

    /** Answer a stranger's request whose body must be waited for. */
    void handleStrange(Exchange exchange) {
        makePlace(exchange);
        handle(exchange, strangers);
    }

    private void handle(Exchange exchange, ThreadPoolExecutor pool) {
        try {
            pool.execute(() -> run(exchange));
        } catch (RejectedExecutionException full) {
            forget(exchange);
            exchange.abort();
            closed.run();
        }
    }

    private void run(Exchange exchange) {
        try (exchange) {
            handler.handle(exchange);
        } catch (IOException gone) {
            LOG.debug("a client went away", gone);
        } catch (RuntimeException broken) {
            LOG.error("a request could not be answered", broken);
        } finally {
            forget(exchange);
            closed.run();
        }
    }

    private synchronized void remember(Exchange exchange) {
        open.add(exchange);
    }

    private synchronized void makePlace(Exchange exchange) {
        if (strange.size() >= STRANGE) {
            Exchange first = strange.iterator().next();
            strange.remove(first);
            first.abort();
        }
        strange.add(exchange);
        open.add(exchange);
    }

    private synchronized void forget(Exchange exchange) {
        open.remove(exchange);
        strange.remove(exchange);
    }

    @Override
    public void close() {
        trusted.shutdownNow();
        strangers.shutdownNow();
        List<Exchange> left;
        synchronized (this) {
            left = new ArrayList<>(open);
        }
        left.forEach(Exchange::abort);
        try {
            var unused = trusted.awaitTermination(10, TimeUnit.SECONDS);
            var unusedToo = strangers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
