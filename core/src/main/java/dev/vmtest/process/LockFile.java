package dev.vmtest.process;

import dev.vmtest.files.NewFile;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hold a file's lock, shared or exclusive, against other processes and other threads of this JVM; the kernel lets go of
 * it when the JVM ends, however it ends.
 *
 * <p>A JVM has one lock of a file and loses it when it closes any channel of that file: so there is one object for each
 * file, and it counts the holders.
 */
public final class LockFile {

    private static final Duration FOR_EVER = Duration.ofSeconds(-1);

    private static final ConcurrentMap<Path, LockFile> ALL = new ConcurrentHashMap<>();

    private final Path file;
    private int holders;
    private boolean exclusive;
    private boolean taking;
    private @Nullable FileChannel channel;

    private LockFile(Path file) {
        this.file = file;
    }

    /** Return the lock of a file, which is made when it is taken for the first time. */
    public static LockFile of(Path file) {
        return ALL.computeIfAbsent(file.toAbsolutePath().normalize(), LockFile::new);
    }

    /** Let go of a lock once. */
    public interface Held extends AutoCloseable {

        @Override
        void close() throws IOException;
    }

    /** Return another hold of the lock if this JVM holds it shared already. */
    public synchronized Optional<Held> joinShared() {
        if (holders == 0 || exclusive || taking) {
            return Optional.empty();
        }
        holders++;
        return Optional.of(held());
    }

    /**
     * Return the exclusive lock if it is free at this moment.
     *
     * @throws IOException if the file cannot be written, or a link is in its place
     */
    public Optional<Held> tryExclusive() throws IOException {
        return acquire(false, Duration.ZERO, () -> {});
    }

    /**
     * Wait for the exclusive lock for as long as it takes.
     *
     * @param waiting is run once, before the wait, if somebody else holds the lock
     * @throws IOException if the file cannot be written, or the waiting thread is interrupted
     */
    public Held exclusive(Runnable waiting) throws IOException {
        return acquire(false, FOR_EVER, waiting)
                .orElseThrow(() -> new IllegalStateException("a wait without a limit has ended without the lock"));
    }

    /**
     * Wait for the exclusive lock.
     *
     * @param limit the longest wait; a negative one is for ever
     * @param waiting is run once, before the wait, if somebody else holds the lock
     * @return the lock, or empty if it was not to be had in time
     * @throws IOException if the file cannot be written, or the waiting thread is interrupted
     */
    public Optional<Held> exclusive(Duration limit, Runnable waiting) throws IOException {
        return acquire(false, limit, waiting);
    }

    /**
     * Wait for the lock that others may hold as well; where the file cannot be written there is nothing to wait for.
     *
     * @param limit the longest wait; a negative one is for ever
     * @param waiting is run once, before the wait, if somebody else holds the lock
     * @return the lock, or empty if it was not to be had in time
     * @throws IOException if the file cannot be read, or the waiting thread is interrupted
     */
    public Optional<Held> shared(Duration limit, Runnable waiting) throws IOException {
        return acquire(true, limit, waiting);
    }

    private Optional<Held> acquire(boolean shared, Duration limit, Runnable waiting) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean told = false;
        synchronized (this) {
            while (taking || (holders > 0 && (exclusive || !shared))) {
                if (!told) {
                    waiting.run();
                    told = true;
                }
                if (!await(limit, deadline)) {
                    return Optional.empty();
                }
            }
            if (holders > 0) {
                holders++;
                return Optional.of(held());
            }
            taking = true;
        }
        boolean taken = false;
        try {
            taken = lockFile(shared, limit, deadline, told ? () -> {} : waiting);
        } finally {
            finish(taken, shared);
        }
        return taken ? Optional.of(held()) : Optional.empty();
    }

    private synchronized void finish(boolean taken, boolean shared) throws IOException {
        taking = false;
        if (taken) {
            holders = 1;
            exclusive = !shared;
        } else {
            closeChannel();
        }
        notifyAll();
    }

    /** Return false when the time is over. */
    @SuppressWarnings("WaitNotInLoop") // the caller asks again
    private synchronized boolean await(Duration limit, long deadline) throws IOException {
        try {
            if (limit.isNegative()) {
                wait();
                return true;
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + file, interrupted);
        }
    }

    private boolean lockFile(boolean shared, Duration limit, long deadline, Runnable waiting) throws IOException {
        FileChannel opened = open(shared);
        if (opened == null) {
            return true;
        }
        synchronized (this) {
            channel = opened;
        }
        FileLock lock = opened.tryLock(0, Long.MAX_VALUE, shared);
        if (lock != null) {
            return true;
        }
        if (limit.isZero()) {
            return false;
        }
        waiting.run();
        return waitFor(opened, shared, limit, deadline);
    }

    /** The kernel's wait has no limit of its own, so a thread does it that can be interrupted. */
    private boolean waitFor(FileChannel opened, boolean shared, Duration limit, long deadline) throws IOException {
        FutureTask<FileLock> wait = new FutureTask<>(() -> opened.lock(0, Long.MAX_VALUE, shared));
        Thread thread = new Thread(wait, "wait-for-lock");
        thread.setDaemon(true);
        thread.start();
        try {
            var unused = limit.isNegative()
                    ? wait.get()
                    : wait.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException tooLong) {
            wait.cancel(true);
            return false;
        } catch (ExecutionException failed) {
            throw new IOException(file + " cannot be locked: " + reason(failed), failed);
        } catch (InterruptedException interrupted) {
            wait.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + file, interrupted);
        }
    }

    private static String reason(ExecutionException failed) {
        return failed.getCause() instanceof IOException refused
                ? PlainTrouble.of(refused)
                : String.valueOf(failed.getCause());
    }

    /** Return null where a reader may not write: in a tree that nobody locks there is nothing to wait for. */
    private @Nullable FileChannel open(boolean shared) throws IOException {
        if (shared && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return NewFile.openForLock(file, Set.of(StandardOpenOption.READ));
        }
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Files.createDirectories(file.getParent());
            return NewFile.openForLock(file, options);
        } catch (AccessDeniedException denied) {
            if (shared) {
                return null;
            }
            throw denied;
        } catch (FileSystemException refused) {
            if (shared && String.valueOf(refused.getReason()).contains("Read-only")) {
                return null;
            }
            throw refused;
        }
    }

    private Held held() {
        return new Held() {
            private boolean released;

            @Override
            public void close() throws IOException {
                synchronized (LockFile.this) {
                    if (!released) {
                        released = true;
                        release();
                    }
                }
            }
        };
    }

    private synchronized void release() throws IOException {
        holders--;
        if (holders == 0) {
            exclusive = false;
            try {
                closeChannel();
            } finally {
                notifyAll();
            }
        }
    }

    private synchronized void closeChannel() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
