package dev.vmtest.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Measure what a process has had of the host's processors since its start, all threads together (proc_pid_stat(5), and
 * sched-stats of the kernel's documentation).
 *
 * @param ran how long its threads ran
 * @param waited how long those that live now were ready to run and waited for a processor; zero where the kernel
 *     does not count it
 * @param state what it does, as the letter of proc_pid_stat(5): {@code R} runs, {@code S} sleeps, {@code D} waits for
 *     a disk, {@code T} is stopped by a signal
 */
public record ProcessorTime(Duration ran, Duration waited, char state) {

    /** The unit of the times in /proc/PID/stat, USER_HZ, is 100 a second on every architecture of ours. */
    private static final long TICK_MILLIS = 10;

    private static final int STATE = 0;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int WAITED = 1;

    /** Measure a process; empty if it is gone. */
    public static Optional<ProcessorTime> of(long pid) {
        Path directory = Path.of("/proc", String.valueOf(pid));
        try {
            String stat = Files.readString(directory.resolve("stat"));
            // The name before it may hold anything, also blanks and parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
            return Optional.of(new ProcessorTime(
                    Duration.ofMillis(ticks * TICK_MILLIS),
                    waited(directory.resolve("task")),
                    fields[STATE].charAt(0)));
        } catch (IOException | RuntimeException gone) {
            return Optional.empty();
        }
    }

    private static Duration waited(Path threads) {
        long nanos = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                nanos += waitedOf(thread);
            }
        } catch (IOException gone) {
            return Duration.ofNanos(nanos);
        }
        return Duration.ofNanos(nanos);
    }

    private static long waitedOf(Path thread) {
        try {
            return Long.parseLong(
                    Files.readString(thread.resolve("schedstat")).strip().split(" ", -1)[WAITED]);
        } catch (IOException | RuntimeException goneOrNotCounted) {
            return 0;
        }
    }
}
