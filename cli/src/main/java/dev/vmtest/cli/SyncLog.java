package dev.vmtest.cli;

import dev.vmtest.files.NewFile;
import dev.vmtest.image.mirror.SyncListener;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Log a sync beside what is shown of it, each line with its time and level. Safe for use by several threads. */
final class SyncLog implements SyncListener, AutoCloseable {

    private final SyncListener shown;
    private final PrintStream out;
    private final Level detail;
    private final InstantSource clock;
    private final boolean isOwnFile;

    /** Say how much is logged, by how often {@code -v} is given. */
    enum Level {
        ERROR,
        INFO,
        DEBUG;

        /** Return the level of a number; more than there are is the last. */
        static Level of(int number) {
            return values()[Math.min(number, values().length - 1)];
        }
    }

    private SyncLog(SyncListener shown, PrintStream out, Level detail, InstantSource clock, boolean isOwnFile) {
        this.shown = shown;
        this.out = out;
        this.detail = detail;
        this.clock = clock;
        this.isOwnFile = isOwnFile;
    }

    /**
     * Log to the end of a file.
     *
     * @param shown hears everything, too
     * @throws UsageException if the file cannot be written
     */
    static SyncLog toFile(Path file, SyncListener shown, Level detail, InstantSource clock) {
        try {
            PrintStream out = new PrintStream(NewFile.append(file), true, StandardCharsets.UTF_8);
            return new SyncLog(shown, out, detail, clock, true);
        } catch (IOException trouble) {
            throw new UsageException("--log-file " + file + " cannot be written: " + PlainTrouble.of(trouble, file));
        }
    }

    /** Log to a stream that stays open. */
    static SyncLog to(PrintStream out, SyncListener shown, Level detail, InstantSource clock) {
        return new SyncLog(shown, out, detail, clock, false);
    }

    /** Write a line if that much is asked for. */
    synchronized void log(Level level, String text) {
        if (level.compareTo(detail) <= 0) {
            out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + Printable.line(text));
        }
    }

    @Override
    public void note(String text) {
        log(Level.INFO, text);
        shown.note(text);
    }

    @Override
    public void began(String path, long bytes, long size) {
        log(Level.DEBUG, "fetching " + path + ": " + bytes + " of " + size + " bytes are there");
        shown.began(path, bytes, size);
    }

    @Override
    public void progressed(String path, long bytes) {
        shown.progressed(path, bytes);
    }

    @Override
    public void ended(String path, String problem) {
        if (problem.isEmpty()) {
            log(Level.INFO, "fetched " + path);
        } else {
            log(Level.ERROR, "failed " + path + ": " + problem);
        }
        shown.ended(path, problem);
    }

    @Override
    public void close() {
        out.flush();
        if (isOwnFile) {
            out.close();
        }
    }
}
