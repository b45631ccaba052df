package dev.vmtest.qmp;

import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connect to the socket that QEMU makes after its start. */
final class QmpSocket {

    /** QEMU makes its socket a little after its start and tells nobody; this is how soon we look again. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private QmpSocket() {}

    /**
     * Connect to the socket once it is there.
     *
     * @param deadline the value of {@link System#nanoTime()} at which patience ends
     * @param timeout how long that was, for the message
     * @param ended completes when the QEMU process ends, with words for that
     * @throws QmpException if QEMU ends, makes no socket in time, or the socket can't be used
     */
    static SocketChannel open(Path socket, long deadline, Duration timeout, CompletableFuture<?> ended)
            throws QmpException {
        IOException last = null;
        while (System.nanoTime() < deadline) {
            if (ended.isDone()) {
                throw endedEarly(ended);
            }
            try {
                return openOnce(socket);
            } catch (java.net.ConnectException notYet) {
                // The file is missing, or is there while nobody listens yet.
                last = notYet;
            } catch (IOException hopeless) {
                throw new QmpException(
                        "cannot connect to " + socket + ": " + PlainTrouble.of(hopeless)
                                + "; a socket's path has at most 107 bytes",
                        hopeless);
            }
            try {
                var unused = ended.get(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException alive) {
                // As hoped for: look again.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new QmpException("interrupted while waiting for " + socket, interrupted);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        QmpException silent = silent(socket, timeout);
        if (last != null) {
            silent.initCause(last);
        }
        throw silent;
    }

    private static SocketChannel openOnce(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException failed) {
            channel.close();
            throw isNotThere(failed)
                    ? (IOException) new java.net.ConnectException("the socket is not there").initCause(failed)
                    : failed;
        }
    }

    private static boolean isNotThere(IOException failed) {
        return failed instanceof java.net.SocketException && "No such file or directory".equals(failed.getMessage());
    }

    static QmpException endedEarly(CompletableFuture<?> ended) {
        return new QmpException(ended.join() + " before it answered; its own output says why");
    }

    static QmpException silent(Path socket, Duration timeout) {
        return new QmpException("QEMU did not answer on " + socket + " within " + timeout.toMillis() / 1000.0 + " s");
    }
}
