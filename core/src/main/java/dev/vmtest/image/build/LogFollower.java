package dev.vmtest.image.build;

import dev.vmtest.image.ImageException;
import dev.vmtest.process.Running;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Hand on the lines that a running command appends to its log, until it ends. */
final class LogFollower {

    private static final int LONGEST_CHUNK = 1 << 16;
    private static final long LOOK_MILLIS = 250;
    private static final int QUOTED_LINES = 12;

    private final Path log;
    private final Consumer<String> lines;
    private final StringBuilder partial = new StringBuilder();
    private long position;

    LogFollower(Path log, Consumer<String> lines) {
        this.log = log;
        this.lines = lines;
    }

    /**
     * Return the exit status of the command.
     *
     * @throws ImageException if it takes longer than the limit, or this thread is interrupted; the command has ended then
     */
    int followUntil(Running running, Duration limit) throws ImageException, IOException {
        CompletableFuture<Integer> exit = running.exit();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    int status = exit.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    readOn();
                    return status;
                } catch (TimeoutException stillRunning) {
                    readOn();
                    if (System.nanoTime() > deadline) {
                        running.close();
                        throw new ImageException(
                                running.command().program() + " did not end within " + limit.toMinutes() + " minutes",
                                "see whether the mirror answers: apt-get update",
                                stillRunning);
                    }
                }
            }
        } catch (InterruptedException interrupted) {
            running.close();
            Thread.currentThread().interrupt();
            throw new ImageException("the build was interrupted", "", interrupted);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an exit status does not fail", impossible);
        }
    }

    private void readOn() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(position);
            byte[] chunk = new byte[LONGEST_CHUNK];
            for (int count = file.read(chunk); count > 0; count = file.read(chunk)) {
                position += count;
                partial.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
            }
        }
        for (int end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n")) {
            lines.accept(partial.substring(0, end).strip());
            partial.delete(0, end + 1);
        }
    }

    /** Return the last lines of the log, indented. */
    static String tail(Path log) throws IOException {
        List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return "  " + String.join("\n  ", all.subList(Math.max(0, all.size() - QUOTED_LINES), all.size()));
    }
}
