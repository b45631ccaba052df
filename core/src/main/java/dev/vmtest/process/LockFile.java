package dev.vmtest.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hold a file's lock against other processes and other threads of this JVM; the kernel lets go of it when the JVM ends,
 * however it ends.
 */
public final class LockFile implements AutoCloseable {

    // A JVM cannot hold a file lock twice, so its threads wait for each other here.
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel channel;

    private LockFile(ReentrantLock thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /**
     * Wait for the lock.
     *
     * @param waiting is run once, before the wait, if somebody else holds the lock
     * @throws IOException if the file cannot be written, or the waiting thread is interrupted
     */
    public static LockFile acquire(Path file, Runnable waiting) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ReentrantLock thread = THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
        boolean told = false;
        if (!thread.tryLock()) {
            waiting.run();
            told = true;
            try {
                thread.lockInterruptibly();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + file, interrupted);
            }
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                if (!told) {
                    waiting.run();
                }
                channel.lock();
            }
            return new LockFile(thread, channel);
        } catch (IOException | RuntimeException failed) {
            if (channel != null) {
                channel.close();
            }
            thread.unlock();
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            thread.unlock();
        }
    }
}
